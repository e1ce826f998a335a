package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.SequenceNumbers;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a viewer gets of a stream, and how it goes on when publishers follow each other. */
class StreamToWebRtcTest extends ViewerFixture {
    @Test
    void aViewerBeginsWithAKeyframeWhichIsAskedForAtOnce() {
        assertTrue(outbound.begin(stream));
        assertEquals(1, source.keyframeRequests.get());
        forward(video(100, false));
        forward(video(101, false));
        assertTrue(sender.sent.isEmpty(), "nothing before the keyframe");
        forward(video(102, true));
        forward(video(103, false));
        assertEquals(2, sender.sent.size());
    }

    @Test
    void audioDoesNotWaitForTheVideo() {
        outbound.begin(stream);
        forward(audio(5));
        assertEquals(111, sender.sent.getFirst().payloadType());
    }

    @Test
    void theCopyHasTheViewersPayloadTypeAndNumbersAndTheSourcesPayload() {
        outbound.begin(stream);
        MediaPacket first = video(65_535 + (5L << 16), true);
        MediaPacket second = video(65_536 + (5L << 16), false);
        forward(first);
        forward(second);
        RtpPacket copy = sender.sent.get(1);
        assertEquals(120, copy.payloadType());
        assertNotEquals(second.rtp().ssrc(), copy.ssrc());
        assertEquals(sender.sent.get(0).ssrc(), copy.ssrc());
        assertEquals(
                1,
                SequenceNumbers.difference(
                        copy.sequenceNumber(), sender.sent.get(0).sequenceNumber()));
        assertEquals(
                second.rtp().timestamp() - first.rtp().timestamp(),
                copy.timestamp() - sender.sent.get(0).timestamp());
        assertArrayEquals(payload(second.rtp()), payload(copy));
    }

    @Test
    void extensionsComeUnderTheViewersIds() {
        outbound.begin(stream);
        // 7 (video orientation, 1 byte) and 9 (not negotiated), one-byte form
        byte[] rotated = HexFormat.of().parseHex("90e0000100000000000000aabede0001" + "70019001" + "10020304");
        RtpPacket packet = ((ParseResult.Ok<RtpPacket>) RtpPacket.parse(rotated, 0, rotated.length)).value();
        forward(new MediaPacket(VP8, packet, 1, 0, true));
        List<String> elements = new ArrayList<>();
        sender.sent
                .getFirst()
                .forEachExtension((id, data, at, length) ->
                        elements.add(id + "=" + HexFormat.of().formatHex(data, at, at + length)));
        elements.sort(null);
        assertEquals(List.of("11=01", "3=76"), elements); // 0x76 is the mid "v"
    }

    @Test
    void numbersGoOnWhenAnotherPublisherFollows() {
        outbound.begin(stream);
        forward(video(200, true));
        forward(video(201, false));
        outbound.end();
        Track other = new Track(0, VP8.parameters(), Map.of());
        Stream next = new Stream(new RecordingSource("whip 2", false), List.of(other));
        assertTrue(outbound.begin(next));
        RtpPacket packet = RtpPacket.of(96, true, 40_000, 123, 77, new byte[] {0x10, 0, 0, 0});
        outbound.forward(new MediaPacket(other, packet, 40_000, 1_000 * MS, true), 1_000 * MS);
        RtpPacket before = sender.sent.get(1);
        RtpPacket after = sender.sent.get(2);
        assertEquals(1, SequenceNumbers.difference(after.sequenceNumber(), before.sequenceNumber()));
        assertTrue(after.timestamp() - before.timestamp() > 0, "time goes forward");
        assertEquals(before.ssrc(), after.ssrc());
    }

    @Test
    void aNewSsrcOfTheSourceBeginsWithAKeyframeAndNumbersGoOn() {
        outbound.begin(stream);
        forward(video(200, true));
        outbound.forward(other(201, 0xDD, 7, false), 40 * MS);
        assertEquals(1, sender.sent.size(), "what belongs to a keyframe not seen");
        outbound.forward(other(202, 0xDD, 3_007, true), 80 * MS);
        RtpPacket before = sender.sent.get(0);
        RtpPacket after = sender.sent.get(1);
        assertEquals(1, SequenceNumbers.difference(after.sequenceNumber(), before.sequenceNumber()));
        assertEquals(7_200, after.timestamp() - before.timestamp(), "80 ms went by");
        assertEquals(before.ssrc(), after.ssrc());
    }

    @Test
    void tenQuickReturnsOfAPublisherAreTenResumptionsInOneNumbering() {
        for (int turn = 0; turn < 10; turn++) {
            RecordingSource again = new RecordingSource("whip " + turn, false);
            Track track = new Track(0, VP8.parameters(), Map.of());
            assertTrue(outbound.begin(new Stream(again, List.of(track))));
            assertEquals(1, again.keyframeRequests.get(), "asked for at once");
            long nowNanos = turn * 300 * MS;
            for (int i = 0; i < 3; i++) {
                byte[] payload = {0x10, (byte) (i == 1 ? 0 : 1), (byte) i, 4};
                RtpPacket packet =
                        RtpPacket.of(96, true, turn * 7_000 + i, turn * 1_000_000 + i * 3_000, 0xAA, payload);
                long arrival = nowNanos + i * 33 * MS;
                outbound.forward(new MediaPacket(track, packet, 5_000 + i, arrival, i == 1), arrival);
            }
            outbound.end();
        }
        assertEquals(20, sender.sent.size(), "from the keyframe on, each time");
        for (int i = 1; i < 20; i++) {
            RtpPacket before = sender.sent.get(i - 1);
            RtpPacket after = sender.sent.get(i);
            assertEquals(1, SequenceNumbers.difference(after.sequenceNumber(), before.sequenceNumber()));
            int ticks = after.timestamp() - before.timestamp();
            assertTrue(ticks > 0 && ticks <= 300 * 90, "time goes on by what went by: " + ticks);
            assertEquals(before.ssrc(), after.ssrc());
        }
    }

    @Test
    void redundantAudioGoesToThoseWhoTakeItAndItsMainPartToOthers() {
        RtpPacket red = RtpPacket.of(63, false, 5, 960, 0xBB, new byte[] {111, 9, 9, 9});
        RtpPacket plain = RtpPacket.of(111, false, 5, 960, 0xBB, new byte[] {9, 9, 9});
        MediaPacket packet = new MediaPacket(OPUS, plain, 5, 0, true, red);
        outbound.begin(stream);
        forward(packet);
        assertEquals(111, sender.sent.get(0).payloadType());
        assertArrayEquals(payload(plain), payload(sender.sent.get(0)));

        NegotiatedMedia taking = new NegotiatedMedia(
                "a",
                MediaKind.AUDIO,
                1,
                List.of(new PayloadMapping(109, OPUS.parameters(), false, false, false, false, false, -1, 64)),
                Map.of(),
                List.of(),
                Map.of());
        StreamToWebRtc withRed = new StreamToWebRtc(List.of(taking), Set.of(), sender, new Random(2));
        withRed.begin(stream);
        withRed.forward(packet, 0);
        assertEquals(64, sender.sent.get(1).payloadType());
        assertArrayEquals(payload(red), payload(sender.sent.get(1)));

        RtpPacket sent = sender.sent.get(1);
        stream.write(packet);
        withRed.receive(List.of(new Nack(9, sent.ssrc(), List.of(sent.sequenceNumber()))), 50 * MS);
        assertTrue(sender.resent.isEmpty(), "its main part alone would be other bytes under the same number");
    }

    @Test
    void tracksGoOnTheMLinesOfTheirKindInOrder() {
        NegotiatedMedia second =
                new NegotiatedMedia("w", MediaKind.VIDEO, 2, VIDEO.payloads(), Map.of(), List.of(77), Map.of());
        StreamToWebRtc two = new StreamToWebRtc(List.of(VIDEO, AUDIO, second), Set.of(), sender, new Random(3));
        Track screen = new Track(2, VP8.parameters(), Map.of());
        Stream both = new Stream(source, List.of(VP8, OPUS, screen));
        assertTrue(two.begin(both));
        RtpPacket packet = RtpPacket.of(96, true, 1, 0, 0xCC, new byte[] {0x10, 0, 0, 0});
        two.forward(new MediaPacket(screen, packet, 1, 0, true), 0);
        two.forward(new MediaPacket(VP8, packet, 1, 0, true), 0);
        assertEquals(77, sender.sent.get(0).ssrc());
        assertNotEquals(77, sender.sent.get(1).ssrc());
    }

    @Test
    void aTrackThatTheViewerCannotPlayCostsItThatTrackAlone() {
        Track h264 = new Track(0, new CodecParameters(Codec.H264, Map.of()), Map.of());
        Track vp8 = new Track(1, VP8.parameters(), Map.of());
        assertTrue(outbound.begin(new Stream(source, List.of(h264, vp8))));
        RtpPacket packet = RtpPacket.of(96, true, 1, 0, 0xCC, new byte[] {0x10, 0, 0, 0});
        outbound.forward(new MediaPacket(h264, packet, 1, 0, true), 0);
        outbound.forward(new MediaPacket(vp8, packet, 1, 0, true), 0);
        assertEquals(1, sender.sent.size());
        assertFalse(outbound.begin(new Stream(source, List.of(h264))), "but none at all is another negotiation");
    }

    @Test
    void aViewerWithoutAnMLineForANewTrackConnectsAgainOnlyIfItOfferedOne() {
        Stream onlyVideo = new Stream(source, List.of(VP8));
        StreamToWebRtc wouldHear = new StreamToWebRtc(List.of(VIDEO), Set.of(MediaKind.AUDIO), sender, new Random(4));
        assertTrue(wouldHear.begin(onlyVideo));
        assertFalse(wouldHear.begin(stream));
        StreamToWebRtc neverHears = new StreamToWebRtc(List.of(VIDEO), Set.of(), sender, new Random(4));
        assertTrue(neverHears.begin(stream));
    }

    @Test
    void anotherCodecIsRefused() {
        Track h264 = new Track(0, new CodecParameters(Codec.H264, Map.of()), Map.of());
        assertFalse(outbound.begin(new Stream(source, List.of(h264))));
    }

    private static MediaPacket other(long sequence, int ssrc, int timestamp, boolean keyframe) {
        byte[] payload = {0x10, (byte) (keyframe ? 0 : 1), (byte) sequence, 4};
        RtpPacket packet = RtpPacket.of(96, true, (int) sequence & 0xFFFF, timestamp, ssrc, payload);
        return new MediaPacket(VP8, packet, sequence, 0, keyframe);
    }
}
