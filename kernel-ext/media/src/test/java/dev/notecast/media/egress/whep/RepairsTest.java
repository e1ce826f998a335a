package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtcp.SourceDescription;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.SequenceNumbers;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import dev.notecast.rtc.sdp.PayloadMapping;
import dev.notecast.rtc.send.RetransmissionStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a viewer that has lost packets gets. */
class RepairsTest extends ViewerFixture {
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

    private static byte[] whole(RtpPacket packet) {
        return Arrays.copyOfRange(packet.data(), packet.offset(), packet.offset() + packet.length());
    }
}
