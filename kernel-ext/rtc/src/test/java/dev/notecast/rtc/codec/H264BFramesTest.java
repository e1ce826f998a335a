package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264BFramesTest {
    /** Slices begin with ue(v): 1 is 0, 010 is 1, 011 is 2, 00101 is 4, 00110 is 5, 00111 is 6, 0001010 is 9. */
    @ParameterizedTest
    @CsvSource({
        "41 c0, false", // macroblock 0, type 0: P
        "01 a0, true", // 1 010: B
        "41 b0, false", // 1 011: I
        "41 98, false", // 1 00110: P, as all slices of the picture
        "01 9c, true", // 1 00111: B, as all slices of the picture
        "41 8a, false", // 1 0001010: SI
        "01 05 14, false", // 00000101000 is macroblock 39, 1 is P
        "01 05 08, true", // macroblock 39, 010 is B
        "65 a0, false", // in an IDR it is not possible
        "09 a0, false",
        "01, false",
        "01 00, false",
        "01 00 00 00 00 00 00, false",
        "01 84, false", // type cut off
        "5c 81 9c 00, true", // FU-A start
        "5c 01 9c 00, false", // its middle
        "5c 85 9c 00, false", // of an IDR
        "5c 81, false",
        "18 00 02 41 c0 00 02 01 9c, true", // STAP-A of P and B
        "18 00 02 41 c0 00 02 01 98, false",
        "18 00 02 41 c0 00 03 01 9c, false", // cut off
        "18 00 01 01 00 02 01 9c, true",
    })
    void readsTheSliceType(String payload, boolean found) {
        assertEquals(found, new H264BFrames().findIn(1, Packets.packet(payload)));
    }

    @Test
    void remembersWhatItHasFound() {
        H264BFrames frames = new H264BFrames();
        assertFalse(frames.findIn(1, Packets.packet("41 c0")));
        assertTrue(frames.findIn(2, Packets.packet("01 a0")));
        assertTrue(frames.findIn(3, Packets.packet("41 c0")));
    }

    private static boolean foundByTimes(int... timestamps) {
        H264BFrames frames = new H264BFrames();
        boolean found = false;
        for (int i = 0; i < timestamps.length; i++) {
            found = frames.findIn(10 + i, Packets.packet(0, timestamps[i], true, Packets.bytes("7c 00 ff")));
        }
        return found;
    }

    @Test
    void timesThatGoBackAndForthAreBFramesWhoseSlicesCannotBeRead() {
        assertTrue(foundByTimes(0, 9000, 3000, 6000, 18000, 12000, 15000, 27000, 21000));
        assertTrue(foundByTimes(-3000, 6000, 0, 3000, 15000, 9000, 12000, 24000, 18000), "around the wrap");
        assertFalse(foundByTimes(0, 3000, 6000, 9000, 0, 3000, 6000), "an encoder that began anew");
        assertFalse(foundByTimes(0, 100_000, 0, 100_000, 0, 100_000, 0, 100_000), "jumps of more than a second");
    }

    @Test
    void latePacketsAreNoBFrames() {
        H264BFrames frames = new H264BFrames();
        byte[] payload = Packets.bytes("41 c0");
        for (int i = 0; i < 20; i++) {
            assertFalse(frames.findIn(2 * i + 2, Packets.packet(0, 3000 * (2 * i + 2), true, payload)));
            assertFalse(frames.findIn(2 * i + 1, Packets.packet(0, 3000 * (2 * i + 1), true, payload)));
        }
    }

    @FuzzTest(maxDuration = "10s")
    void survivesAnything(byte[] data) {
        H264BFrames frames = new H264BFrames();
        for (int length = 0; length <= Math.min(data.length, 64); length++) {
            RtpPacket packet = Packets.packet(length, length, true, Arrays.copyOf(data, length));
            frames.findIn(length, packet);
        }
    }
}
