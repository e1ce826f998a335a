package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Av1ElementsTest {
    private static List<String> elements(String hex) {
        byte[] data = Packets.bytes("ff" + hex);
        Av1Elements elements = new Av1Elements(data, 1, data.length - 1);
        List<String> found = new ArrayList<>();
        while (elements.next()) {
            String marks = (elements.isContinuation() ? "<" : "") + (elements.isContinued() ? ">" : "");
            found.add(HexFormat.of().formatHex(data, elements.offset(), elements.offset() + elements.length()) + marks);
        }
        if (elements.isMalformed()) {
            found.add("malformed");
        }
        return found;
    }

    @Test
    void theLastOfACountHasNoLength() {
        assertEquals(List.of("aabb"), elements("10 aabb"));
        assertEquals(List.of("aabb", "cc"), elements("20 02 aabb cc"));
        assertEquals(List.of("aa", "bb", "ccdd"), elements("30 01 aa 01 bb ccdd"));
    }

    @Test
    void withoutACountAllHaveALength() {
        assertEquals(List.of("aa", "bb", "cc", "dd"), elements("00 01 aa 01 bb 01 cc 01 dd"));
        assertEquals(List.of("aa", "bb"), elements("00 8100 aa 01 bb"), "a number with more bytes than it needs");
    }

    @Test
    void fragmentsAreTheFirstAndTheLast() {
        assertEquals(List.of("aa<", "bb", "cc>"), elements("c0 01 aa 01 bb 01 cc"));
        assertEquals(List.of("aabb<>"), elements("d0 aabb"));
        assertEquals(List.of("aa>"), elements("50 aa"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "00 02 aa", "20 05 aabb", "00 80", "00 ffffffffffffffffff aa", "00 ffffffffff7f aa"})
    void saysWhatIsCutOff(String hex) {
        assertEquals(List.of("malformed"), elements(hex));
    }

    @Test
    void aSequenceIsMarked() {
        assertTrue(Av1Elements.beginsSequence((byte) 0x08));
        assertFalse(Av1Elements.beginsSequence((byte) 0xF7));
    }

    @FuzzTest(maxDuration = "10s")
    void survivesAnything(byte[] data) {
        Av1Elements elements = new Av1Elements(data, 0, data.length);
        int end = 1;
        while (elements.next()) {
            assertTrue(elements.offset() >= end && elements.length() >= 0);
            end = elements.offset() + elements.length();
            assertTrue(end <= data.length);
        }
    }
}
