package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AudioEncoderTest {
    @Test
    void makesOneStereoPacketOfEach20Milliseconds() {
        try (AudioEncoder encoder = new AudioEncoder(32_000)) {
            for (int i = 0; i < 50; i++) {
                var packet = encoder.encode(new short[2 * 960], i * 960L).orElseThrow();
                int toc = packet.data()[0] & 0xFF; // RFC 6716 §3.1: configuration, stereo bit, frames
                assertEquals(0x04, toc & 0x04, "the stereo bit");
                assertEquals(3, toc >> 3 & 3, "20 ms in a CELT configuration");
                assertTrue(toc >> 3 >= 16, "CELT only, as low delay wants it");
                assertEquals(0, toc & 3, "one frame");
                assertEquals(i * 960, packet.timestamp());
            }
        }
    }

    @Test
    void refusesAnotherLength() {
        try (AudioEncoder encoder = new AudioEncoder(32_000)) {
            assertThrows(IllegalArgumentException.class, () -> encoder.encode(new short[960], 0));
        }
    }
}
