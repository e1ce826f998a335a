package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.notecast.rtc.rtp.RtpPacket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyframesTest {
    @ParameterizedTest
    @CsvSource({
        "10 50, true", // S, P bit 0
        "10 51, false", // P bit 1
        "00 50, false", // in the middle of a frame
        "11 50, false", // begins a later partition
        "90 80 7f 50, true", // 7-bit picture id
        "90 80 ff ff 50, true", // 15-bit picture id
        "90 80 ff ff 51, false",
        "90 e0 81 23 05 40 50, true", // picture id, TL0PICIDX and TID
        "90 80 ff, false", // cut off
        "10, false",
    })
    void beginOfVp8(String payload, boolean keyframe) {
        assertEquals(keyframe, Keyframes.begins(Codec.VP8, Packets.packet(payload)));
    }

    @ParameterizedTest
    @CsvSource({
        "67 42 e0 1f, true", // SPS
        "68 ce 3c 80, false", // PPS
        "65 88 80, true", // first slice of an IDR
        "65 40 80, false", // another slice of it
        "41 9a, false",
        "06 05 01, false", // SEI
        "78 00 04 67 42 e0 1f 00 04 68 ce 3c 80, true", // STAP-A of SPS and PPS
        "78 00 04 68 ce 3c 80 00 03 65 88 80, true",
        "78 00 02 41 9a 00 02 41 9b, false",
        "78 00 09 67 42, false", // size beyond the packet
        "78 00 00 67, false",
        "78, false",
        "7c 85 88, true", // FU-A start of an IDR
        "7c 05 88, false", // its middle
        "7c 81 9a, false", // start of a slice
        "7c 85, false",
        "7c, false",
    })
    void beginOfH264(String payload, boolean keyframe) {
        assertEquals(keyframe, Keyframes.begins(Codec.H264, Packets.packet(payload)));
    }

    @Test
    void everyOpusPacketIsOneButPaddingNeverIs() {
        assertEquals(true, Keyframes.begins(Codec.OPUS, Packets.packet("fc")));
        RtpPacket empty = Packets.packet("");
        for (Codec codec : Codec.values()) {
            assertFalse(Keyframes.begins(codec, empty));
        }
    }
}
