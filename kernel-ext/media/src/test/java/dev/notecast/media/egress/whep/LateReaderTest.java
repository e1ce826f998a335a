package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.media.Await;
import dev.notecast.media.FfmpegRtp;
import dev.notecast.media.codec.DecodeResult;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.codec.VideoDecoder;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RecordingSender;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.Depacketizer;
import dev.notecast.rtc.codec.EncodedFrame;
import dev.notecast.rtc.codec.FrameAssembler;
import dev.notecast.rtc.codec.Keyframes;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers who come after the publisher has sent its parameter sets, which it does once. */
class LateReaderTest {
    private static final long MS = 1_000_000;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int FRAMES = 30;
    private static final String SPS = "6764000d22cb202833f3e022000003000200000300781e285490";
    private static final String PPS = "68212bc3cb22c0";

    private final RecordingSource source = new RecordingSource("whip 1", false);
    private final RecordingSender sender = new RecordingSender();
    private long sequence = 65_530;

    private static Track track(Codec codec) {
        return new Track(0, new CodecParameters(codec, Map.of()), Map.of());
    }

    private StreamToWebRtc viewer(Codec codec, String mode) {
        CodecParameters format = new CodecParameters(codec, Map.of("packetization-mode", mode));
        NegotiatedMedia media = new NegotiatedMedia(
                "v",
                MediaKind.VIDEO,
                0,
                List.of(new PayloadMapping(120, format, true, true, true, false, false, -1, -1)),
                Map.of(),
                List.of(),
                Map.of());
        return new StreamToWebRtc(List.of(media), Set.of(), sender, new Random(1));
    }

    private MediaPacket next(Track track, RtpPacket rtp) {
        return new MediaPacket(track, rtp, sequence++, System.nanoTime(), Keyframes.begins(track.codec(), rtp));
    }

    private MediaPacket h264(Track track, String hex, int timestamp) {
        byte[] payload = HexFormat.of().parseHex(hex);
        return next(track, RtpPacket.of(96, true, (int) sequence & 0xFFFF, timestamp, 0xAA, payload));
    }

    private static String payload(RtpPacket packet) {
        int from = packet.payloadOffset();
        return HexFormat.of().formatHex(packet.data(), from, from + packet.payloadLength());
    }

    private static byte[] whole(RtpPacket packet) {
        return Arrays.copyOfRange(packet.data(), packet.offset(), packet.offset() + packet.length());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {65_515, 65_525, 65_530, 65_531, 65_532, 65_533, 65_534, 65_535, 65_536, 65_537, 65_540, 0, 1, 2})
    void theSetsComeInOnePacketRightBeforeTheKeyframeAndAgainWhenLost(int first) {
        sequence = first;
        Track track = track(Codec.H264);
        Stream stream = new Stream(source, List.of(track));
        stream.write(h264(track, SPS, 0));
        stream.write(h264(track, PPS, 0));
        StreamToWebRtc viewer = viewer(Codec.H264, "1");
        viewer.begin(stream);
        MediaPacket before = h264(track, "419a00", 3_000);
        MediaPacket keyframe = h264(track, "658880", 6_000);
        MediaPacket after = h264(track, "419a01", 9_000);
        for (MediaPacket packet : List.of(before, keyframe, after)) {
            stream.write(packet);
            viewer.forward(packet, 10 * MS);
        }
        viewer.forward(before, 10 * MS); // late
        assertEquals(
                List.of("78001a" + SPS + "0007" + PPS, "658880", "419a01"),
                sender.sent.stream().map(LateReaderTest::payload).toList());
        RtpPacket sets = sender.sent.get(0);
        assertEquals(false, sets.marker());
        assertEquals(120, sets.payloadType());
        assertEquals(sender.sent.get(1).timestamp(), sets.timestamp());
        assertEquals(sender.sent.get(1).sequenceNumber(), sets.sequenceNumber() + 1);
        assertEquals(sender.sent.get(2).sequenceNumber(), sets.sequenceNumber() + 2);

        viewer.receive(List.of(new Nack(9, sets.ssrc(), List.of(sets.sequenceNumber()))), 100 * MS);
        assertArrayEquals(whole(sets), whole(sender.resent.getFirst()));
        assertEquals(3, viewer.statistics().getFirst().packets());
        assertEquals(2, viewer.statistics().getFirst().frames());
    }

    @Test
    void whereNothingMayBeAggregatedTheyComeOneByOne() {
        Track track = track(Codec.H264);
        Stream stream = new Stream(source, List.of(track));
        stream.write(h264(track, SPS, 0));
        stream.write(h264(track, PPS, 0));
        StreamToWebRtc viewer = viewer(Codec.H264, "0");
        viewer.begin(stream);
        viewer.forward(h264(track, "658880", 6_000), 10 * MS);
        assertEquals(
                List.of(SPS, PPS, "658880"),
                sender.sent.stream().map(LateReaderTest::payload).toList());
    }

    @Test
    void aKeyframeWithItsOwnSetsIsLeftAsItIs() {
        Track track = track(Codec.H264);
        Stream stream = new Stream(source, List.of(track));
        StreamToWebRtc viewer = viewer(Codec.H264, "1");
        viewer.begin(stream);
        for (String unit : List.of(SPS, PPS, "658880")) {
            MediaPacket packet = h264(track, unit, 6_000);
            stream.write(packet);
            viewer.forward(packet, 10 * MS);
        }
        assertEquals(
                List.of(SPS, PPS, "658880"),
                sender.sent.stream().map(LateReaderTest::payload).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "H264, 7-8, -c:v libx264 -preset ultrafast -tune zerolatency -g 10",
        "H265, 32-34, -c:v libx265 -preset ultrafast -x265-params log-level=none:bframes=0:keyint=10:min-keyint=10",
    })
    void viewersAndDecodersShowWhatAnEncoderSendsWithoutThem(Codec codec, String sets, String options)
            throws InterruptedException {
        List<RtpPacket> early = FfmpegRtp.encode(5, options.split(" "));
        List<RtpPacket> late =
                FfmpegRtp.encode(FRAMES, (options + " -bsf:v filter_units=remove_types=" + sets).split(" "));
        Track track = track(codec);
        try (PathManager paths = new PathManager();
                PathDecoders decoders = new PathDecoders(paths)) {
            PathName path = new PathName("late-cam");
            Stream stream = paths.publish(path, source, List.of(track));
            early.forEach(packet -> stream.write(next(track, packet)));
            StreamToWebRtc viewer = viewer(codec, "1");
            viewer.begin(stream);
            PixelSubscription pixels = decoders.subscribe(path);
            Await.until("the decoder asks for a keyframe", SOON, () -> source.keyframeRequests.get() >= 2);
            for (RtpPacket packet : late) {
                MediaPacket each = next(track, packet);
                stream.write(each);
                viewer.forward(each, each.arrivalNanos());
            }
            Await.until("every picture", SOON, () -> decoders.decodedFrames(path) == FRAMES);
            pixels.close();
        }
        long notBegun = late.stream()
                .takeWhile(packet -> !Keyframes.begins(codec, packet))
                .count();
        assertEquals(late.size() - notBegun + 1, sender.sent.size());
        assertEquals(FRAMES, pictures(codec, sender.sent));
        assertEquals(0, pictures(codec, late), "the encoder sent them again");
    }

    private static int pictures(Codec codec, List<RtpPacket> packets) {
        FrameAssembler assembler = new FrameAssembler(Depacketizer.of(codec), 16);
        int pictures = 0;
        int first = packets.getFirst().sequenceNumber();
        try (VideoDecoder decoder = new VideoDecoder(codec)) {
            for (RtpPacket packet : packets) {
                for (EncodedFrame frame : assembler.push(100 + (packet.sequenceNumber() - first & 0xFFFF), packet)) {
                    if (decoder.decode(frame, 1, FrameTimes.arrived(1)) instanceof DecodeResult.Picture picture) {
                        picture.frame().close();
                        pictures++;
                    }
                }
            }
        }
        return pictures;
    }
}
