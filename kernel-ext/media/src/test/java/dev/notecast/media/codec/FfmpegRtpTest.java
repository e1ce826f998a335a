package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.FfmpegRtp;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.Depacketizer;
import dev.notecast.rtc.codec.EncodedFrame;
import dev.notecast.rtc.codec.FrameAssembler;
import dev.notecast.rtc.codec.H264BFrames;
import dev.notecast.rtc.codec.Keyframes;
import dev.notecast.rtc.codec.Packetizer;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another sender makes: its packets, its encoders. */
class FfmpegRtpTest {
    private static final int FRAMES = 40;
    private static final String X265 =
            "-c:v libx265 -preset ultrafast -tune zerolatency -x265-params log-level=none:bframes=0";

    private static boolean hasBFrames(String options) {
        H264BFrames bFrames = new H264BFrames();
        long sequence = 0;
        boolean found = false;
        for (RtpPacket packet : FfmpegRtp.encode(FRAMES, options.split(" "))) {
            found = bFrames.findIn(sequence++, packet);
        }
        assertTrue(sequence > FRAMES / 2, "packets of ffmpeg: " + sequence);
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "-c:v libx264 -bf 2, true",
        "-c:v libx264 -preset veryfast, true",
        "-c:v libx264 -bf 1 -slices 4 -b_strategy 0, true",
        "-c:v libx264 -bf 0, false",
        "-c:v libx264 -profile:v baseline -g 10, false",
        "-c:v libx264 -tune zerolatency -slices 4, false",
        "-c:v libx264 -bf 0 -intra-refresh 1, false"
    })
    void bFramesAreFoundInWhatX264Makes(String options, boolean expected) {
        assertEquals(expected, hasBFrames(options));
    }

    private static int pictures(Codec codec, List<RtpPacket> packets) {
        return decode(codec, assemble(codec, packets));
    }

    private static List<EncodedFrame> assemble(Codec codec, List<RtpPacket> packets) {
        FrameAssembler assembler = new FrameAssembler(Depacketizer.of(codec), 16);
        List<EncodedFrame> frames = new ArrayList<>();
        int first = packets.getFirst().sequenceNumber();
        for (RtpPacket packet : packets) {
            frames.addAll(assembler.push(100 + (packet.sequenceNumber() - first & 0xFFFF), packet));
        }
        return frames;
    }

    private static int decode(Codec codec, List<EncodedFrame> frames) {
        int pictures = 0;
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (EncodedFrame frame : frames) {
                if (decoder.decode(frame, 1, FrameTimes.arrived(1)) instanceof DecodeResult.Picture picture) {
                    assertEquals(320, picture.frame().width());
                    picture.frame().close();
                    pictures++;
                }
            }
        }
        return pictures;
    }

    @ParameterizedTest
    @CsvSource({
        "H265, " + X265,
        "H265, " + X265 + ":slices=3",
        "H264, -c:v libx264 -bf 0 -tune zerolatency",
        "VP8, -c:v libvpx -deadline realtime",
        "VP9, -c:v libvpx-vp9 -deadline realtime -cpu-used 8",
    })
    void everyPictureIsDecoded(Codec codec, String options) {
        List<RtpPacket> packets = FfmpegRtp.encode(FRAMES, options.split(" "));
        assertTrue(Keyframes.begins(codec, packets.getFirst()));
        assertEquals(FRAMES, pictures(codec, packets));
    }

    @Test
    void h265GoesThroughOurPacketsToo() {
        List<EncodedFrame> frames = assemble(Codec.H265, FfmpegRtp.encode(FRAMES, (X265 + ":keyint=20").split(" ")));
        assertEquals(2, frames.stream().filter(EncodedFrame::keyframe).count());
        Packetizer packetizer = Packetizer.of(Codec.H265, 300);
        List<RtpPacket> packets = new ArrayList<>();
        for (EncodedFrame frame : frames) {
            List<byte[]> payloads = packetizer.packetize(frame);
            for (int i = 0; i < payloads.size(); i++) {
                int sequenceNumber = packets.size() & 0xFFFF;
                boolean last = i == payloads.size() - 1;
                assertTrue(payloads.get(i).length <= 300);
                packets.add(RtpPacket.of(96, last, sequenceNumber, frame.timestamp(), 1, payloads.get(i)));
            }
        }
        assertEquals(FRAMES, pictures(Codec.H265, packets));
    }

    @ParameterizedTest
    @CsvSource({"H265, " + X265 + ":keyint=8", "VP9, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 8"})
    void lossAndReorderingCostPicturesOnlyUntilTheNextKeyframe(Codec codec, String options) {
        List<RtpPacket> packets = FfmpegRtp.encode(FRAMES, options.split(" "));
        Random random = new Random(7);
        List<RtpPacket> arrived = new ArrayList<>();
        for (RtpPacket packet : packets) {
            if (random.nextInt(40) != 0 || arrived.isEmpty()) {
                arrived.add(Math.max(1, arrived.size() - random.nextInt(3)) - (arrived.isEmpty() ? 1 : 0), packet);
            }
        }
        int pictures = pictures(codec, arrived);
        assertTrue(pictures >= 8 && pictures < FRAMES, pictures + " pictures of " + FRAMES);
    }
}
