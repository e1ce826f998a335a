package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.io.ParseResult;
import org.junit.jupiter.api.Test;

class RedPayloadTest {
    private static ParseResult<RedPayload> parse(String hex) {
        byte[] data = Packets.bytes(hex);
        return RedPayload.parse(data, 0, data.length);
    }

    @Test
    void findsThePrimaryBlockBehindTheOlderOnes() {
        assertEquals(ParseResult.ok(new RedPayload(111, 1, 3, 0)), parse("6f 01 02 03"));
        // two blocks of 2 and 1 bytes, 960 and 1920 ticks ago, then 4 bytes
        assertEquals(
                ParseResult.ok(new RedPayload(111, 12, 4, 2)),
                parse("ef 1e 00 02  ef 0f 00 01  6f  aa aa  bb  c0 c1 c2 c3"));
        assertEquals(ParseResult.ok(new RedPayload(111, 6, 0, 1)), parse("ef 0f 00 01 6f aa"));
    }

    @Test
    void lengthsHaveTenBits() {
        byte[] data = new byte[5 + 0x3FF + 2];
        System.arraycopy(Packets.bytes("ef 0f 03 ff 6f"), 0, data, 0, 5);
        assertEquals(ParseResult.ok(new RedPayload(111, 5 + 0x3FF, 2, 1)), RedPayload.parse(data, 0, data.length));
    }

    @Test
    void everyTruncationIsMalformedOrShorter() {
        byte[] data = Packets.bytes("ef 1e 00 02 ef 0f 00 01 6f aa aa bb c0 c1 c2 c3");
        for (int length = 0; length < data.length; length++) {
            ParseResult<RedPayload> result = RedPayload.parse(data, 0, length);
            if (length < 12) {
                assertInstanceOf(ParseResult.Malformed.class, result, length + " bytes");
            } else {
                assertEquals(ParseResult.ok(new RedPayload(111, 12, length - 12, 2)), result);
            }
        }
    }

    @FuzzTest(maxDuration = "10s")
    void survivesAnything(byte[] data) {
        if (RedPayload.parse(data, 0, data.length) instanceof ParseResult.Ok<RedPayload>(var red)) {
            assertTrue(red.offset() > 0 && red.length() >= 0 && red.offset() + red.length() == data.length);
        }
    }
}
