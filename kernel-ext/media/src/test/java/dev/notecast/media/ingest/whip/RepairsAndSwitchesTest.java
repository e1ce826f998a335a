package dev.notecast.media.ingest.whip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.RecordingReader;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.transport.RecordingSender;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.Goodbye;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReceiverEstimatedMaxBitrate;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtcp.TransportFeedback;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepairsAndSwitchesTest {
    private static final long MS = 1_000_000;
    private static final int US = 99;
    private static final int NO_MID = -1;
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<NegotiatedMedia> MEDIA =
            List.of(video("0", 0), audio("1", 1), video("2", 2)); // two cameras under the same payload types

    private static final class Keeping extends RecordingReader {
        final List<MediaPacket> packets = new ArrayList<>();

        @Override
        public void packet(MediaPacket packet) {
            packets.add(packet);
        }
    }

    private final RecordingSender sender = new RecordingSender();
    private final Keeping reader = new Keeping();
    private final Stream stream = new Stream(new RecordingSource("whip 1", false), WebRtcToStream.tracksOf(MEDIA));
    private final WebRtcToStream inbound =
            new WebRtcToStream(MEDIA, stream, US, NtpTime.ofUnixMillis(NOON.toEpochMilli()), 0, sender::sendRtcp);

    RepairsAndSwitchesTest() {
        stream.attach(reader);
    }

    @Test
    void theMidTellsTracksApartAndTheSsrcIsKeptWhenItGoesAway() {
        inbound.receive(vp8(10, 5, 0, true), 0);
        inbound.receive(vp8(10, 6, 2, true), 0);
        inbound.receive(vp8(11, 5, NO_MID, false), 0);
        inbound.receive(vp8(11, 6, NO_MID, false), 0);
        assertEquals(List.of(0, 2, 0, 2), tracks());
    }

    @Test
    void aPayloadTypeOfTwoTracksTellsNothingAndAStrangeMidNeither() {
        inbound.receive(vp8(10, 5, NO_MID, true), 0);
        inbound.receive(vp8(10, 5, 7, true), 0);
        assertEquals(0, reader.packets.size());
        assertEquals(2, inbound.notNegotiated());
    }

    @Test
    void aRepairTakesThePlaceOfWhatWasLostAndComesOnce() {
        inbound.receive(vp8(65_534, 5, 0, true), 0);
        inbound.receive(vp8(0, 5, NO_MID, false), 0);
        inbound.tick(10 * MS);
        assertEquals(List.of(65_535), of(Nack.class).getFirst().lost());
        inbound.receive(rtx(700, 50, NO_MID, 65_535), 90 * MS); // on a strange SSRC: it was asked for on one track
        inbound.receive(rtx(701, 50, NO_MID, 65_535), 95 * MS);
        inbound.receive(vp8(65_535, 5, NO_MID, false), 96 * MS);
        assertEquals(3, reader.packets.size());
        MediaPacket repaired = reader.packets.get(2);
        assertEquals(reader.packets.get(0).sequence() + 1, repaired.sequence());
        assertEquals(5, repaired.rtp().ssrc());
        assertEquals(96, repaired.rtp().payloadType());
        assertEquals(65_535, repaired.rtp().sequenceNumber());
        TrackStatistics statistics = inbound.statistics().getFirst();
        assertEquals(1, statistics.nacks());
        assertEquals(2, statistics.retransmitted());
        assertEquals(2, statistics.dropped());
        assertEquals(3, statistics.packets());
    }

    @Test
    void probesAndUnaskedRepairsCarryNothingButAreToldOf() {
        inbound.receive(vp8(10, 5, 0, true), 0);
        inbound.receive(
                parse("b0610001" + "00000000" + "00000032" + "bede0002" + "310190" + "1030" + "000000" + "00000004"),
                0);
        inbound.receive(rtx(2, 50, 0, 10), 0);
        assertEquals(1, reader.packets.size());
        inbound.tick(60 * MS);
        assertEquals(400, of(TransportFeedback.class).getFirst().baseSequenceNumber());
    }

    @Test
    void anEncoderThatRestartsUnderAnotherSsrcGoesOnWithAKeyframe() {
        inbound.receive(vp8(10, 5, 0, true), 0);
        inbound.receive(vp8(11, 5, NO_MID, false), 0);
        inbound.receive(vp8(9_000, 6, 0, false), 33 * MS);
        assertEquals(2, reader.packets.size(), "nothing before its keyframe");
        inbound.tick(40 * MS);
        assertEquals(List.of(new PictureLossIndication(US, 6)), of(PictureLossIndication.class));
        inbound.receive(vp8(9_001, 6, NO_MID, true), 50 * MS);
        inbound.receive(vp8(9_002, 6, NO_MID, false), 50 * MS);
        inbound.receive(vp8(12, 5, NO_MID, false), 60 * MS);
        inbound.receive(vp8(12, 5, 0, false), 60 * MS);
        long first = reader.packets.get(0).sequence();
        assertEquals(
                List.of(first, first + 1, first + 2, first + 3),
                reader.packets.stream().map(MediaPacket::sequence).toList());
    }

    @Test
    void withoutAMidAnotherSsrcWaitsUntilTheOldOneIsSilent() {
        inbound.receive(opus(10, 7, 111), 0);
        inbound.receive(opus(900, 8, 111), 20 * MS);
        inbound.receive(opus(901, 8, 111), 600 * MS);
        assertEquals(List.of(10, 901), numbers());
        inbound.receive(List.of(new Goodbye(List.of(8))), 610 * MS);
        inbound.receive(opus(33, 9, 111), 620 * MS);
        assertEquals(List.of(10, 901, 33), numbers(), "or has said goodbye");
    }

    @Test
    void redundancyIsTakenApartAndKeptForThoseWhoKnowIt() {
        byte[] red = HexFormat.of().parseHex("ef" + "00f003" + "6f" + "010203" + "0a0b0c0d");
        inbound.receive(RtpPacket.of(63, false, 10, 960, 7, red), 0);
        MediaPacket packet = reader.packets.getFirst();
        assertEquals(111, packet.rtp().payloadType());
        assertEquals("0a0b0c0d", payload(packet.rtp()));
        assertEquals(HexFormat.of().formatHex(red), payload(packet.redundant()));
        inbound.receive(RtpPacket.of(63, false, 11, 1_920, 7, new byte[] {(byte) 0xEF, 1}), 0);
        assertEquals(1, reader.packets.size(), "what is cut off is dropped");
    }

    @Test
    void soundAndPictureAreOnOneClockWhateverThePublishersIs() {
        inbound.receive(vp8(10, 5, 0, true), 0);
        inbound.receive(opus(10, 7, 111), 0);
        NtpTime year1970 = NtpTime.ofUnixMillis(1_000);
        inbound.receive(List.of(new SenderReport(5, year1970, 90_000, 1, 1, List.of())), 100 * MS);
        inbound.receive(List.of(new SenderReport(7, NtpTime.ofUnixMillis(1_250), 48_000, 1, 1, List.of())), 380 * MS);
        Instant video =
                stream.clock(stream.tracks().get(0), 5).orElseThrow().ntp().toInstant();
        Instant audio =
                stream.clock(stream.tracks().get(1), 7).orElseThrow().ntp().toInstant();
        assertTrue(Duration.between(NOON.plusMillis(100), video).abs().toNanos() < 1_000, "on our clock: " + video);
        assertTrue(
                Duration.between(video.plusMillis(250), audio).abs().toNanos() < 1_000,
                "as far apart as the publisher says, not as the network delayed them: " + audio);
    }

    @Test
    void paddingThatComesLateFillsItsGapWithNothing() {
        inbound.receive(vp8(10, 5, 0, true), 0);
        inbound.receive(vp8(12, 5, NO_MID, false), 0);
        inbound.receive(RtpPacket.of(96, false, 11, 30_000, 5, new byte[0]), MS);
        long first = reader.packets.getFirst().sequence();
        assertEquals(
                List.of(first, first + 2, first + 1),
                reader.packets.stream().map(MediaPacket::sequence).toList());
        assertEquals(0, reader.packets.getLast().rtp().payloadLength());
        inbound.tick(60 * MS);
        assertEquals(List.of(), of(Nack.class));
    }

    @Test
    void aPublisherWithoutTransportWideFeedbackIsToldHowMuchFits() {
        NegotiatedMedia camera = media(
                "0",
                0,
                new PayloadMapping(
                        96, new CodecParameters(Codec.VP8, Map.of()), true, true, true, false, true, -1, -1));
        WebRtcToStream told = new WebRtcToStream(
                List.of(camera), stream, US, NtpTime.ofUnixMillis(NOON.toEpochMilli()), 0, sender::sendRtcp);
        told.tick(1_000 * MS);
        assertEquals(List.of(), of(ReceiverEstimatedMaxBitrate.class), "nothing is known yet");
        for (int i = 0; i < 100; i++) {
            told.receive(RtpPacket.of(96, true, i, i * 3_000, 5, new byte[988]), (1_000 + i) * MS);
        }
        told.tick(2_000 * MS);
        assertEquals(
                List.of(new ReceiverEstimatedMaxBitrate(US, 1_200_000, List.of(5))),
                of(ReceiverEstimatedMaxBitrate.class));
        for (int i = 100; i < 300; i++) {
            told.receive(RtpPacket.of(96, true, i, i * 3_000, 5, new byte[988]), (2_000 + i) * MS);
        }
        told.tick(3_000 * MS);
        assertEquals(
                1_600_000, of(ReceiverEstimatedMaxBitrate.class).getLast().bitrateBps(), "what came and was not lost");
        inbound.receive(vp8(10, 5, 0, true), 3_000 * MS);
        sender.rtcp.clear();
        inbound.tick(4_000 * MS);
        assertEquals(
                List.of(), of(ReceiverEstimatedMaxBitrate.class), "with transport-wide feedback it decides itself");
    }

    @Test
    void aKeyframeThatIsWantedBeforeTheFirstPacketIsAskedForThen() {
        inbound.requestKeyframe(stream.tracks().getFirst(), 0);
        assertEquals(0, sender.rtcp.size());
        inbound.receive(vp8(10, 5, 0, false), 10 * MS);
        inbound.tick(20 * MS);
        assertEquals(List.of(new PictureLossIndication(US, 5)), of(PictureLossIndication.class));
    }

    @Test
    void whatAPublisherCannotResendIsNotAskedFor() {
        inbound.receive(opus(10, 7, 111), 0);
        inbound.receive(opus(13, 7, 111), 0);
        inbound.tick(50 * MS);
        assertEquals(List.of(), of(Nack.class));
        assertEquals(List.of(), of(PictureLossIndication.class));
    }

    private List<Integer> tracks() {
        return reader.packets.stream().map(packet -> packet.track().index()).toList();
    }

    private List<Integer> numbers() {
        return reader.packets.stream()
                .map(packet -> packet.rtp().sequenceNumber())
                .toList();
    }

    private <T> List<T> of(Class<T> type) {
        return sender.rtcp.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String payload(RtpPacket packet) {
        int from = packet.payloadOffset();
        return HexFormat.of().formatHex(packet.data(), from, from + packet.payloadLength());
    }

    /** One VP8 packet, with the mid as browsers send it at the beginning. */
    private static RtpPacket vp8(int sequence, int ssrc, int mid, boolean keyframe) {
        return parse(header(0xE0, sequence, ssrc, mid) + (keyframe ? "10000000" : "10010000"));
    }

    private static RtpPacket rtx(int sequence, int ssrc, int mid, int original) {
        return parse(header(0xE1, sequence, ssrc, mid) + "%04x10010000".formatted(original));
    }

    private static String header(int second, int sequence, int ssrc, int mid) {
        String extension = mid == NO_MID ? "" : "bede000140%02x0000".formatted('0' + mid);
        return "%02x%02x%04x%08x%08x".formatted(mid == NO_MID ? 0x80 : 0x90, second, sequence, sequence * 3_000, ssrc)
                + extension;
    }

    private static RtpPacket opus(int sequence, int ssrc, int payloadType) {
        return RtpPacket.of(payloadType, false, sequence, sequence * 960, ssrc, new byte[] {1, 2});
    }

    private static RtpPacket parse(String hex) {
        byte[] data = HexFormat.of().parseHex(hex);
        return switch (RtpPacket.parse(data, 0, data.length)) {
            case ParseResult.Ok<RtpPacket>(RtpPacket packet) -> packet;
            case ParseResult.Malformed<RtpPacket>(String reason) -> throw new AssertionError(reason);
        };
    }

    private static NegotiatedMedia video(String mid, int index) {
        return media(
                mid,
                index,
                new PayloadMapping(
                        96, new CodecParameters(Codec.VP8, Map.of()), true, true, true, true, false, 97, -1));
    }

    private static NegotiatedMedia audio(String mid, int index) {
        return media(
                mid,
                index,
                new PayloadMapping(
                        111, new CodecParameters(Codec.OPUS, Map.of()), false, false, false, true, false, -1, 63));
    }

    private static NegotiatedMedia media(String mid, int index, PayloadMapping payload) {
        MediaKind kind = payload.parameters().codec().kind();
        Map<Integer, String> extensions = Map.of(3, ExtensionUris.TRANSPORT_WIDE_CC, 4, ExtensionUris.MID);
        return new NegotiatedMedia(mid, kind, index, List.of(payload), extensions, List.of(), Map.of());
    }
}
