package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.CounterCode;
import dev.notecast.media.ingest.synthetic.TestPicture;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.Depacketizer;
import dev.notecast.rtc.codec.EncodedFrame;
import dev.notecast.rtc.codec.FrameAssembler;
import dev.notecast.rtc.codec.Packetizer;
import dev.notecast.rtc.rtp.RtpPacket;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VideoRoundTripTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    private static final FrameTimes NOW = FrameTimes.arrived(1);

    private final FramePool pool = new FramePool(2);

    private static List<EncodedFrame> encode(Codec codec, int count, int forcedKeyframe) {
        return TestClip.encode(codec, WIDTH, HEIGHT, count, forcedKeyframe);
    }

    private static OptionalInt counter(DecodeResult result) {
        try (VideoFrame frame =
                assertInstanceOf(DecodeResult.Picture.class, result).frame()) {
            return CounterCode.read(frame);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPUS", "G722", "PCMU", "PCMA", "H265"})
    void everyCounterComesThroughRtp(Codec codec) {
        Packetizer packetizer = Packetizer.of(codec, 300);
        FrameAssembler assembler = new FrameAssembler(Depacketizer.of(codec), 16);
        long sequence = 65_500; // wraps on the way
        int expected = 0;
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (EncodedFrame frame : encode(codec, 60, 30)) {
                List<byte[]> payloads = packetizer.packetize(frame);
                for (int i = 0; i < payloads.size(); i++) {
                    RtpPacket packet = RtpPacket.of(
                            96,
                            i == payloads.size() - 1,
                            (int) sequence & 0xFFFF,
                            frame.timestamp(),
                            1,
                            payloads.get(i));
                    for (EncodedFrame whole : assembler.push(sequence, packet)) {
                        assertEquals(OptionalInt.of(expected), counter(decoder.decode(whole, expected + 1, NOW)));
                        expected++;
                    }
                    sequence++;
                }
            }
        }
        assertEquals(60, expected, "frames that came out of 60");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPUS", "G722", "PCMU", "PCMA", "H265"})
    void aForcedKeyframeIsOneAndCanBeginAStream(Codec codec) {
        List<EncodedFrame> frames = encode(codec, 12, 7);
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(i == 0 || i == 7, frames.get(i).keyframe(), "keyframe at " + i);
        }
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (int i = 7; i < 12; i++) {
                assertEquals(OptionalInt.of(i), counter(decoder.decode(frames.get(i), i, NOW)));
            }
        }
    }

    @Test
    void h264IsConstrainedBaselineWithParameterSetsInBand() {
        for (EncodedFrame frame : encode(Codec.H264, 9, 8)) {
            if (frame.keyframe()) {
                byte[] start = Arrays.copyOf(frame.data(), 7);
                assertEquals(
                        "0000000167" + "42c0", HexFormat.of().formatHex(start), "SPS of profile 66, set0 and set1");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPUS", "G722", "PCMU", "PCMA", "H265"})
    void damagedFramesNeverThrow(Codec codec) {
        Random random = new Random(3);
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (EncodedFrame frame : encode(codec, 20, 10)) {
                byte[] data = frame.data();
                for (int length = 0; length < data.length; length += 1 + data.length / 40) {
                    decode(decoder, Arrays.copyOf(data, length));
                }
                for (int round = 0; round < 40; round++) {
                    byte[] flipped = data.clone();
                    for (int i = 0; i < 1 + round / 4; i++) {
                        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    decode(decoder, flipped);
                }
                byte[] noise = new byte[200];
                random.nextBytes(noise);
                decode(decoder, noise);
            }
            assertInstanceOf(DecodeResult.Damaged.class, decode(decoder, new byte[0]));
            assertEquals(
                    OptionalInt.of(0),
                    counter(decoder.decode(encode(codec, 1, 0).getFirst(), 1, NOW)));
        }
    }

    private static DecodeResult decode(VideoDecoder decoder, byte[] data) {
        DecodeResult result = decoder.decode(new EncodedFrame(data, 0, true), 1, NOW);
        if (result instanceof DecodeResult.Picture picture) {
            picture.frame().close();
        }
        return result;
    }

    @Test
    void aTinyFrameThatClaimsAHugePictureIsRefused() {
        byte[] data = encode(Codec.VP8, 1, 0).getFirst().data().clone();
        data[6] = data[8] = (byte) 0xFF; // RFC 6386 §9.1: 14 bits of width and of height
        data[7] = data[9] = 0x3F;
        try (VideoDecoder decoder = new VideoDecoder(Codec.VP8)) {
            assertInstanceOf(DecodeResult.Damaged.class, decode(decoder, data));
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPUS", "G722", "PCMU", "PCMA", "H265"})
    void aDecoderFollowsAChangeOfResolution(Codec codec) {
        try (VideoDecoder decoder = new VideoDecoder(codec);
                VideoEncoder encoder = new VideoEncoder(new VideoSettings(codec, 640, 360, 30, 500_000, 300));
                TestPicture picture = new TestPicture(640, 360, 30, "test");
                VideoFrame large = pool.acquire(PixelFormat.I420, 640, 360, 1, NOW)) {
            counter(decoder.decode(encode(codec, 1, 0).getFirst(), 1, NOW));
            picture.draw(large, 99, LocalTime.NOON);
            var result = decoder.decode(encoder.encode(large, 0, true).orElseThrow(), 2, NOW);
            try (VideoFrame frame =
                    assertInstanceOf(DecodeResult.Picture.class, result).frame()) {
                assertEquals(640, frame.width());
                assertEquals(OptionalInt.of(99), CounterCode.read(frame));
            }
        }
    }

    @Test
    void ofTheSpatialLayersOfAPictureTheBestIsShown() {
        byte[] small = encode(Codec.VP9, 1, 0).getFirst().data();
        byte[] large = TestClip.encode(Codec.VP9, 640, 360, 1, 0).getFirst().data();
        Depacketizer depacketizer = Depacketizer.of(Codec.VP9);
        byte[] lower = layer("ac010000", small); // I, L, B, E; picture 1, layer 0, TL0PICIDX
        byte[] upper = layer("ac010300", large); // layer 1, which needs the one below
        assertEquals(List.of(), depacketizer.push(1, RtpPacket.of(98, false, 1, 0, 1, lower)));
        EncodedFrame picture =
                depacketizer.push(2, RtpPacket.of(98, true, 2, 0, 1, upper)).getFirst();
        assertTrue(picture.keyframe());
        try (VideoDecoder decoder = new VideoDecoder(Codec.VP9);
                VideoFrame frame = assertInstanceOf(DecodeResult.Picture.class, decoder.decode(picture, 1, NOW))
                        .frame()) {
            assertEquals(640, frame.width());
            assertEquals(OptionalInt.of(0), CounterCode.read(frame));
        }
    }

    private static byte[] layer(String descriptor, byte[] frame) {
        byte[] head = HexFormat.of().parseHex(descriptor);
        byte[] payload = Arrays.copyOf(head, head.length + frame.length);
        System.arraycopy(frame, 0, payload, head.length, frame.length);
        return payload;
    }

    @Test
    void codecsThatCannotOpenSayWhich() {
        CodecException noVideo = assertThrows(CodecException.class, () -> new VideoDecoder(Codec.OPUS));
        assertTrue(noVideo.getMessage().contains("opus"), noVideo.getMessage());
        CodecException odd = assertThrows(
                CodecException.class, () -> new VideoEncoder(new VideoSettings(Codec.VP8, 0, 0, 30, 1000, 30)));
        assertFalse(odd.getMessage().isBlank());
    }
}
