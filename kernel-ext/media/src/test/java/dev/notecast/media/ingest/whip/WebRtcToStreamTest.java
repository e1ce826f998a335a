package dev.notecast.media.ingest.whip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.stream.RecordingReader;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.transport.RecordingSender;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtcp.TransportFeedback;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebRtcToStreamTest {
    private static final long MS = 1_000_000;
    private static final int US = 99;
    private static final NtpTime NOON = NtpTime.ofUnixMillis(1_780_000_000_000L);
    private static final List<NegotiatedMedia> MEDIA = List.of(
            media("0", MediaKind.VIDEO, 0, 96, Codec.VP8, true),
            media("1", MediaKind.AUDIO, 1, 111, Codec.OPUS, false));

    private final RecordingSender sender = new RecordingSender();
    private final RecordingReader reader = new RecordingReader();
    private final Stream stream = new Stream(new RecordingSource("whip 1", false), WebRtcToStream.tracksOf(MEDIA));
    private final WebRtcToStream inbound = new WebRtcToStream(MEDIA, stream, US, NOON, 0, sender::sendRtcp);

    WebRtcToStreamTest() {
        stream.attach(reader);
        reader.events.clear();
    }

    @Test
    void packetsGoToTheTrackOfTheirPayloadType() {
        inbound.receive(video(10, 5, true), 0);
        inbound.receive(RtpPacket.of(111, false, 7, 0, 6, new byte[] {1}), 0);
        inbound.receive(RtpPacket.of(50, false, 7, 0, 8, new byte[] {1}), 0);
        assertEquals(2, reader.events.size());
        assertEquals(1, inbound.notNegotiated());
    }

    @Test
    void paddingIsTakenOutAndLeavesNoGap() {
        inbound.receive(video(10, 5, true), 0);
        byte[] padding = HexFormat.of().parseHex("a060000b000000000000000500000004");
        inbound.receive(((ParseResult.Ok<RtpPacket>) RtpPacket.parse(padding, 0, padding.length)).value(), 0);
        inbound.receive(video(12, 5, false), 0);
        long first = Long.parseLong(reader.events.get(0).substring("packet ".length()));
        assertEquals(List.of("packet " + first, "packet " + (first + 1)), reader.events);
    }

    @Test
    void aSecondSsrcOfATrackIsNotMixedIn() {
        inbound.receive(video(10, 5, true), 0);
        inbound.receive(video(4_000, 6, true), 0);
        assertEquals(1, reader.events.size());
        assertEquals(1, inbound.notNegotiated());
    }

    @Test
    void aLostPacketIsAskedForAgain() {
        inbound.receive(video(10, 5, true), 0);
        inbound.receive(video(12, 5, false), MS);
        inbound.tick(20 * MS);
        assertEquals(new Nack(US, 5, List.of(11)), of(Nack.class).getFirst());
    }

    @Test
    void keyframeRequestsOfManyReadersBecomeOnePli() {
        inbound.receive(video(10, 5, false), 0);
        for (int i = 0; i < 10; i++) {
            inbound.requestKeyframe(stream.tracks().getFirst(), i * MS);
        }
        assertEquals(List.of(new PictureLossIndication(US, 5)), of(PictureLossIndication.class));
        inbound.receive(video(11, 5, true), 20 * MS);
        inbound.tick(900 * MS);
        assertEquals(1, of(PictureLossIndication.class).size(), "the keyframe came: no second PLI");
    }

    @Test
    void aPublisherHearsReportsWithItsSenderReportInThem() {
        inbound.receive(video(10, 5, true), 0);
        inbound.receive(List.of(new SenderReport(5, new NtpTime(0x12345678_9ABCDEF0L), 33, 1, 1, List.of())), 0);
        inbound.tick(1_500 * MS);
        var block = of(ReceiverReport.class).getFirst().reports().getFirst();
        assertEquals(5, block.ssrc());
        assertEquals(0x5678_9ABC, block.lastSenderReport());
        assertEquals(98_304, block.delaySinceLastSenderReport(), "1.5 s in 1/65536 s");
        assertEquals(
                33, stream.clock(stream.tracks().getFirst(), 5).orElseThrow().rtpTimestamp());
    }

    @Test
    void arrivalsAreToldAcrossTheTransport() {
        for (int i = 0; i < 3; i++) {
            byte[] data = HexFormat.of()
                    .parseHex("90e000%02x0000000000000005bede0001".formatted(i) + "31%04x00".formatted(500 + i)
                            + "10000001");
            inbound.receive(((ParseResult.Ok<RtpPacket>) RtpPacket.parse(data, 0, data.length)).value(), i * 10 * MS);
        }
        inbound.tick(60 * MS);
        TransportFeedback feedback = of(TransportFeedback.class).getFirst();
        assertEquals(500, feedback.baseSequenceNumber());
        assertEquals(List.of(0, 40, 40), feedback.deltaTicks());
        inbound.tick(120 * MS);
        assertEquals(1, of(TransportFeedback.class).size(), "nothing new, nothing told");
    }

    private <T extends RtcpPacket> List<T> of(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (RtcpPacket packet : sender.rtcp) {
            if (type.isInstance(packet)) {
                found.add(type.cast(packet));
            }
        }
        assertTrue(found.size() < 100, "a flood of " + type.getSimpleName());
        return found;
    }

    private static RtpPacket video(int sequence, int ssrc, boolean keyframe) {
        return RtpPacket.of(
                96, true, sequence, sequence * 3_000, ssrc, new byte[] {0x10, (byte) (keyframe ? 0 : 1), 0, 4});
    }

    private static NegotiatedMedia media(
            String mid, MediaKind kind, int index, int payloadType, Codec codec, boolean repairs) {
        return new NegotiatedMedia(
                mid,
                kind,
                index,
                List.of(new PayloadMapping(
                        payloadType,
                        new CodecParameters(codec, Map.of()),
                        repairs,
                        repairs,
                        repairs,
                        true,
                        false,
                        -1,
                        -1)),
                Map.of(3, ExtensionUris.TRANSPORT_WIDE_CC),
                List.of(),
                Map.of());
    }
}
