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

    @ParameterizedTest
    @CsvSource({
        "8c 90 01 82, true", // I, B, E; a 15-bit picture id
        "88 01 82, true",
        "08 82, true", // no picture id
        "48 82, true", // P is set by mistake, the frame says it is a keyframe
        "08 86, false", // P is not set, as ffmpeg never does, but the frame is no keyframe
        "c8 01 86, false",
        "04 82, false", // the end of a frame
        "08 8a, false", // show_existing_frame
        "08 b0, true", // profile 3
        "08 b4, false",
        "a8 01 00 07 82, true", // the lowest spatial layer
        "a8 01 03 07 82, false", // the one above, of the same picture
        "08 02, false", // no frame marker
        "08, false",
    })
    void beginOfVp9(String payload, boolean keyframe) {
        assertEquals(keyframe, Keyframes.begins(Codec.VP9, Packets.packet(payload)));
    }

    @ParameterizedTest
    @CsvSource({
        "40 01 0c 01, true", // VPS
        "42 01 01 01, true", // SPS
        "44 01 c1 73, false", // PPS
        "26 01 af 08, true", // first slice of an IDR
        "26 01 2f 08, false", // another slice of it
        "2a 01 af 08, true", // CRA
        "02 01 d0 09, false", // TRAIL_R
        "26 01, false",
        "60 01 00 03 44 01 c1 00 04 26 01 af 08, true", // aggregation
        "60 01 00 03 44 01 c1 00 04 02 01 d0 09, false",
        "60 01 00 09 40 01 0c, false", // size beyond the packet
        "60 01 00 00, false",
        "62 01 93 af 08, true", // start of the fragments of an IDR
        "62 01 13 af 08, false", // their middle
        "62 01 81 d0 09, false", // start of those of a slice
        "62 01 93, false",
        "62, false",
    })
    void beginOfH265(String payload, boolean keyframe) {
        assertEquals(keyframe, Keyframes.begins(Codec.H265, Packets.packet(payload)));
    }

    @ParameterizedTest
    @CsvSource({
        "18 08 00 00, true", // N
        "10 30 10 00, false", // a frame
        "20 03 080000 30 10, true", // sequence header and keyframe, without N
        "20 03 080000 30 30, false", // repeated before another frame
        "20 03 080000 32 01 10, true", // the frame has a size field
        "00 03 080000, true", // the frame is in the next packet
        "60 03 080000 30, true", // its header too
        "a0 03 080000 30 10, false", // the first element is the rest of another
        "90 08 00 00, false",
        "10, false",
        "00 7f 08, false", // cut off
    })
    void beginOfAv1(String payload, boolean keyframe) {
        assertEquals(keyframe, Keyframes.begins(Codec.AV1, Packets.packet(payload)));
    }

    @Test
    void everyPacketOfAudioIsOneButPaddingNeverIs() {
        for (Codec audio : new Codec[] {Codec.OPUS, Codec.G722, Codec.PCMU, Codec.PCMA}) {
            assertEquals(true, Keyframes.begins(audio, Packets.packet("fc")));
        }
        RtpPacket empty = Packets.packet("");
        for (Codec codec : Codec.values()) {
            assertFalse(Keyframes.begins(codec, empty));
        }
    }
}
