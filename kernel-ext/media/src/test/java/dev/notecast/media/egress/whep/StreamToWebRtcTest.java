package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RecordingSender;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtcp.SourceDescription;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.SequenceNumbers;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import dev.notecast.rtc.send.ClockMapping;
import dev.notecast.rtc.send.RetransmissionStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamToWebRtcTest {
    private static final long MS = 1_000_000;
    private static final Track VP8 =
            new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of(7, ExtensionUris.VIDEO_ORIENTATION));
    private static final Track OPUS = new Track(1, new CodecParameters(Codec.OPUS, Map.of()), Map.of());
    private static final NegotiatedMedia VIDEO = new NegotiatedMedia(
            "v",
            MediaKind.VIDEO,
            0,
            List.of(new PayloadMapping(120, VP8.parameters(), true, true, true, false, false, -1, -1)),
            Map.of(3, ExtensionUris.MID, 11, ExtensionUris.VIDEO_ORIENTATION),
            List.of(),
            Map.of());
    private static final NegotiatedMedia AUDIO = new NegotiatedMedia(
            "a",
            MediaKind.AUDIO,
            1,
            List.of(new PayloadMapping(111, OPUS.parameters(), false, false, false, false, false, -1, -1)),
            Map.of(),
            List.of(),
            Map.of());

    private final RecordingSender sender = new RecordingSender();
    private final RecordingSource source = new RecordingSource("whip 1", false);
    private final Stream stream = new Stream(source, List.of(VP8, OPUS));
    private final StreamToWebRtc outbound = new StreamToWebRtc(List.of(VIDEO, AUDIO), Set.of(), sender, new Random(1));

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
    void aNackIsAnsweredWithTheSameBytesFromTheCache() {
        outbound.begin(stream);
        for (int i = 0; i < 20; i++) {
            forward(video(200 + i, i == 0));
        }
        RtpPacket lost = sender.sent.get(7);
        outbound.receive(List.of(new Nack(9, lost.ssrc(), List.of(lost.sequenceNumber()))), 50 * MS);
        assertEquals(1, sender.resent.size());
        assertArrayEquals(whole(lost), whole(sender.resent.getFirst()));
        assertEquals(20, sender.sent.size());
    }

    @Test
    void aPacketThatLeavesNoRoomForSrtpIsDroppedAlone() {
        outbound.begin(stream);
        forward(video(200, true));
        for (int length = 2_000; length < 2_080; length++) {
            RtpPacket large = RtpPacket.of(96, true, 201, 0, 0xAA, new byte[length]);
            forward(new MediaPacket(VP8, large, 201, 0, false));
        }
        int lost = SequenceNumbers.add(sender.sent.getFirst().sequenceNumber(), 1);
        outbound.receive(List.of(new Nack(9, sender.sent.getFirst().ssrc(), List.of(lost))), 50 * MS);
        assertTrue(sender.resent.isEmpty());
        forward(video(202, false));
        assertEquals(202, payload(sender.sent.getLast())[2] & 0xFF);
    }

    @Test
    void aNackForWhatIsNoLongerThereBecomesAKeyframeRequest() {
        outbound.begin(stream);
        forward(video(200, true));
        RtpPacket old = sender.sent.getFirst();
        outbound.receive(List.of(new Nack(9, old.ssrc(), List.of(old.sequenceNumber()))), 60_000 * MS);
        assertTrue(sender.resent.isEmpty());
        assertEquals(2, source.keyframeRequests.get());
    }

    @Test
    void whatWasLostOnTheWayToUsIsWaitedForWhereThePublisherIsAskedForIt() {
        outbound.begin(stream);
        forward(video(200, true));
        forward(video(201, false));
        forward(video(203, false));
        RtpPacket first = sender.sent.getFirst();
        Nack nack = new Nack(9, first.ssrc(), List.of(first.sequenceNumber() + 2 & 0xFFFF, first.sequenceNumber() + 1));
        outbound.receive(List.of(nack), 50 * MS);
        assertEquals(2, source.keyframeRequests.get(), "nobody sees to it that it comes");

        source.asksForLost = true;
        outbound.receive(List.of(nack), 51 * MS);
        assertEquals(2, source.keyframeRequests.get());
        assertEquals(1, sender.resent.size(), "the other one is there");
        forward(video(202, false));
        assertEquals(first.sequenceNumber() + 2 & 0xFFFF, sender.sent.getLast().sequenceNumber());
        outbound.receive(List.of(nack), 60_000 * MS);
        assertEquals(3, source.keyframeRequests.get(), "too old to be played");
    }

    @Test
    void aNackForAPacketThatWasOnlyPaddingIsAnsweredWithAnEmptyOne() {
        outbound.begin(stream);
        forward(video(200, true));
        forward(video(202, false));
        RtpPacket padding = RtpPacket.of(96, false, 201, 201 * 3_000, 0xAA, new byte[0]);
        forward(new MediaPacket(VP8, padding, 201, 0, false));
        RtpPacket empty = sender.sent.getLast();
        assertEquals(0, empty.payloadLength());
        assertEquals(sender.sent.getFirst().sequenceNumber() + 1 & 0xFFFF, empty.sequenceNumber());
        outbound.receive(List.of(new Nack(9, empty.ssrc(), List.of(empty.sequenceNumber()))), 50 * MS);
        assertEquals(1, sender.resent.size());
        assertEquals(1, source.keyframeRequests.get(), "the one at the beginning");
    }

    @Test
    void aPliGoesToThePublisherAndOneForAStrangeSsrcNowhere() {
        outbound.begin(stream);
        forward(video(200, true));
        int ssrc = sender.sent.getFirst().ssrc();
        outbound.receive(List.of(new PictureLossIndication(9, ssrc)), 0);
        outbound.receive(List.of(new PictureLossIndication(9, ssrc + 1)), 0);
        assertEquals(2, source.keyframeRequests.get(), "one at the beginning, one for the PLI");
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
    void whatIsAskedForTwiceAtOnceIsSentOnce() {
        outbound.begin(stream);
        forward(video(200, true));
        RtpPacket lost = sender.sent.getFirst();
        Nack nack = new Nack(9, lost.ssrc(), List.of(lost.sequenceNumber(), lost.sequenceNumber()));
        outbound.receive(List.of(nack, nack), 50 * MS);
        assertEquals(1, sender.resent.size());
        outbound.receive(List.of(nack), 100 * MS);
        assertEquals(2, sender.resent.size(), "later it may have been lost again");
    }

    @Test
    void aViewerThatAsksForEverythingGetsAShareOfItsStream() {
        outbound.begin(stream);
        for (int i = 0; i < 200; i++) {
            byte[] payload = new byte[1_000];
            payload[0] = 0x10;
            payload[1] = (byte) (i == 0 ? 0 : 1);
            RtpPacket packet = RtpPacket.of(96, true, i, i * 3_000, 0xAA, payload);
            forward(new MediaPacket(VP8, packet, i, 0, i == 0));
        }
        for (int round = 0; round < 20; round++) {
            for (int from = 0; from < 200; from += 100) {
                List<Integer> lost = sender.sent.subList(from, from + 100).stream()
                        .map(RtpPacket::sequenceNumber)
                        .toList();
                outbound.receive(List.of(new Nack(9, sender.sent.getFirst().ssrc(), lost)), round * 50 * MS);
            }
        }
        int sentBytes = sender.sent.stream().mapToInt(RtpPacket::length).sum();
        int resentBytes = sender.resent.stream().mapToInt(RtpPacket::length).sum();
        assertTrue(
                resentBytes < sentBytes, resentBytes + " bytes for " + sentBytes + ", of 20 times as much asked for");
        assertTrue(resentBytes > sentBytes / 2, "but it gets its share: " + resentBytes);
    }

    @Test
    void repairsGoOutOnTheirOwnSsrcWhereThatWasAgreedOn() {
        StreamToWebRtc withRtx = withRtx();
        withRtx.begin(stream);
        MediaPacket packet = video(200, true);
        stream.write(packet);
        withRtx.forward(packet, 0);
        RtpPacket lost = sender.sent.getFirst();
        assertEquals(0x1234, lost.ssrc(), "the SSRC that was signalled");
        withRtx.receive(List.of(new Nack(9, 0x1234, List.of(lost.sequenceNumber()))), 50 * MS);
        withRtx.receive(List.of(new Nack(9, 0x1234, List.of(lost.sequenceNumber()))), 100 * MS);

        assertTrue(sender.resent.isEmpty());
        RtpPacket first = sender.sent.get(1);
        RtpPacket second = sender.sent.get(2);
        assertEquals(0x5678, first.ssrc());
        assertEquals(121, first.payloadType());
        assertEquals(1, SequenceNumbers.difference(second.sequenceNumber(), first.sequenceNumber()));
        assertArrayEquals(whole(lost), whole(RetransmissionStream.unwrap(first, 0x1234, 120)));

        withRtx.tick(200 * MS);
        List<SenderReport> reports = sender.rtcp.stream()
                .filter(SenderReport.class::isInstance)
                .map(SenderReport.class::cast)
                .toList();
        assertEquals(SourceDescription.ours(0x1234), sender.rtcp.getLast(), "who sends goes with it");
        assertEquals(
                List.of(0x1234, 0x5678),
                reports.stream().map(SenderReport::senderSsrc).toList());
        assertEquals(1, reports.get(0).packetCount(), "what is sent again counts in the stream it goes out on");
        assertEquals(4, reports.get(0).octetCount());
        assertEquals(2, reports.get(1).packetCount());
        assertEquals(12, reports.get(1).octetCount());
    }

    /** Each request would be a keyframe for everybody who watches. */
    @Test
    void whoAsksForKeyframesAllTheTimeGetsAFewAndThenOneInSeveralSeconds() {
        outbound.begin(stream);
        forward(video(100, true));
        int ssrc = sender.sent.getFirst().ssrc();
        int answered = source.keyframeRequests.get();
        int keyframes = 0;
        for (int ms = 0; ms < 60_000; ms += 10) {
            outbound.receive(List.of(new PictureLossIndication(1, ssrc), nackOfUnknown(ssrc)), ms * MS);
            if (source.keyframeRequests.get() > answered) {
                answered = source.keyframeRequests.get();
                keyframes++;
                outbound.forward(video(101 + ms, true), ms * MS);
            }
            outbound.tick(ms * MS);
        }
        assertTrue(keyframes > 60 / 5, "the viewer is not forgotten: " + keyframes);
        assertTrue(keyframes <= 4 + 60 / 4, keyframes + " keyframes in a minute");
    }

    private static Nack nackOfUnknown(int ssrc) {
        return new Nack(1, ssrc, List.of(7));
    }

    @Test
    void aPublisherThatReturnsIsAskedForAKeyframeWhateverTheViewerHasSpent() {
        outbound.begin(stream);
        forward(video(100, true));
        int ssrc = sender.sent.getFirst().ssrc();
        for (int i = 0; i < 20; i++) {
            outbound.receive(List.of(new PictureLossIndication(1, ssrc)), MS);
            forward(video(101 + i, true));
        }
        outbound.end();
        int before = source.keyframeRequests.get();
        outbound.begin(stream);
        outbound.tick(2 * MS);
        outbound.tick(300 * MS);
        outbound.receive(List.of(new PictureLossIndication(1, ssrc)), 301 * MS);
        assertEquals(before + 3, source.keyframeRequests.get());
    }

    @Test
    void aKeyframeIsAskedForUntilOneCameButNotForEver() {
        outbound.begin(stream);
        for (int ms = 0; ms < 60_000; ms += 10) {
            outbound.tick(ms * MS);
        }
        assertEquals(51, source.keyframeRequests.get());
        forward(video(1, true));
        outbound.tick(70_000 * MS);
        assertEquals(51, source.keyframeRequests.get());
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
    void statisticsTellWhatTheViewerReports() {
        outbound.begin(stream);
        forward(video(200, true));
        forward(video(201, false));
        stream.clock(VP8, 0xAA, new ClockMapping(new NtpTime(77L << 32), 200 * 3_000, 0));
        outbound.tick(1_000 * MS);
        int ssrc = sender.sent.getFirst().ssrc();
        ReportBlock block = new ReportBlock(ssrc, 64, 3, 201, 900, (int) (78L << 32 >> 16), 65_536 / 10);
        outbound.receive(
                List.of(new ReceiverReport(9, List.of(block)), new PictureLossIndication(9, ssrc)), 1_180 * MS);
        outbound.receive(
                List.of(new Nack(9, ssrc, List.of(sender.sent.getFirst().sequenceNumber()))), 1_200 * MS);

        TrackStatistics video = outbound.statistics().getFirst();
        assertEquals("VP8", video.codec());
        assertEquals(2, video.packets());
        assertEquals(sender.sent.stream().mapToLong(RtpPacket::length).sum(), video.bytes());
        assertEquals(3, video.lost());
        assertEquals(0.25, video.lossFraction());
        assertEquals(Duration.ofMillis(10), video.jitter());
        assertEquals(80, video.roundTrip().orElseThrow().toMillis());
        assertEquals(2, video.frames());
        assertEquals(1, video.keyframes());
        assertEquals(1, video.nacks());
        assertEquals(1, video.retransmitted());
        assertEquals(1, video.keyframeRequests());
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
    void anotherCodecIsRefused() {
        Track h264 = new Track(0, new CodecParameters(Codec.H264, Map.of()), Map.of());
        assertFalse(outbound.begin(new Stream(source, List.of(h264))));
    }

    @Test
    void senderReportsCarryThePublishersClock() {
        outbound.begin(stream);
        forward(video(200, true)); // timestamp 200 * 3000
        stream.clock(VP8, 0xAA, new ClockMapping(new NtpTime(77L << 32), 200 * 3_000, 0));
        outbound.tick(1_000 * MS);
        SenderReport report = (SenderReport) sender.rtcp.getFirst();
        assertEquals(new NtpTime(78L << 32), report.ntpTime());
        assertEquals(sender.sent.getFirst().timestamp() + 90_000, report.rtpTimestamp());
        assertEquals(1, report.packetCount());
    }

    private void forward(MediaPacket packet) {
        stream.write(packet);
        outbound.forward(packet, packet.arrivalNanos());
    }

    private static MediaPacket video(long sequence, boolean keyframe) {
        byte[] payload = {0x10, (byte) (keyframe ? 0 : 1), (byte) sequence, 4};
        RtpPacket packet = RtpPacket.of(96, true, (int) sequence & 0xFFFF, (int) sequence * 3_000, 0xAA, payload);
        return new MediaPacket(VP8, packet, sequence, 0, keyframe);
    }

    private StreamToWebRtc withRtx() {
        NegotiatedMedia media = new NegotiatedMedia(
                "v",
                MediaKind.VIDEO,
                0,
                List.of(new PayloadMapping(120, VP8.parameters(), true, true, true, false, false, 121, -1)),
                Map.of(3, ExtensionUris.MID),
                List.of(0x1234),
                Map.of(0x5678, 0x1234));
        return new StreamToWebRtc(List.of(media), Set.of(), sender, new Random(1));
    }

    private static MediaPacket other(long sequence, int ssrc, int timestamp, boolean keyframe) {
        byte[] payload = {0x10, (byte) (keyframe ? 0 : 1), (byte) sequence, 4};
        RtpPacket packet = RtpPacket.of(96, true, (int) sequence & 0xFFFF, timestamp, ssrc, payload);
        return new MediaPacket(VP8, packet, sequence, 0, keyframe);
    }

    private static MediaPacket audio(long sequence) {
        RtpPacket packet = RtpPacket.of(111, false, (int) sequence, (int) sequence * 960, 0xBB, new byte[] {1, 2, 3});
        return new MediaPacket(OPUS, packet, sequence, 0, true);
    }

    private static byte[] payload(RtpPacket packet) {
        return Arrays.copyOfRange(
                packet.data(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
    }

    private static byte[] whole(RtpPacket packet) {
        return Arrays.copyOfRange(packet.data(), packet.offset(), packet.offset() + packet.length());
    }
}
