package dev.notecast.media.egress.whep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.SenderReport;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.send.ClockMapping;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a viewer is told in reports, and what its own ones become. */
class ReportsTest extends ViewerFixture {
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
}
