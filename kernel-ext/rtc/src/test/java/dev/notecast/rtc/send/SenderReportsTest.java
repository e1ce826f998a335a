package dev.notecast.rtc.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.SenderReport;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SenderReportsTest {
    private static final long MS = 1_000_000;
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final SenderReports reports = new SenderReports(90_000);
    private final StreamRewriter rewriter = new StreamRewriter(90_000, 1, 500_000);

    @Test
    void reportsTheMomentOnBothClocks() {
        rewriter.begin(10, 1_000, 0);
        ClockMapping source = ClockMapping.ofArrival(NOON, 1_000, 0);
        reports.sent(100);
        reports.sent(50);
        SenderReport report = reports.report(7, source, rewriter, 1_500 * MS);
        assertEquals(7, report.senderSsrc());
        assertEquals(NOON.plusMillis(1_500), report.ntpTime().toInstant());
        assertEquals(500_000 + 135_000, report.rtpTimestamp());
        assertEquals(2, report.packetCount());
        assertEquals(150, report.octetCount());
    }

    @Test
    void reportsOnceASecondWhileSomethingIsSent() {
        assertFalse(reports.due(0));
        reports.sent(1);
        assertTrue(reports.due(0), "the first one comes early");
        rewriter.begin(10, 0, 0);
        reports.report(7, ClockMapping.ofArrival(NOON, 0, 0), rewriter, 0);
        reports.sent(1);
        assertFalse(reports.due(999 * MS));
        assertTrue(reports.due(1000 * MS));
        reports.report(7, ClockMapping.ofArrival(NOON, 0, 0), rewriter, 1000 * MS);
        assertFalse(reports.due(9000 * MS), "nothing was sent since");
    }

    @Test
    void aClockGoesBackAsItGoesForward() {
        ClockMapping mapping = ClockMapping.ofArrival(NOON, 90_000, 5_000 * MS);
        ClockMapping earlier = mapping.at(4_500 * MS, 90_000);
        assertEquals(NOON.minus(Duration.ofMillis(500)), earlier.ntp().toInstant());
        assertEquals(45_000, earlier.rtpTimestamp());
        ClockMapping muchLater = mapping.at(5_000 * MS + Duration.ofDays(2).toNanos(), 90_000);
        assertEquals(NOON.plus(Duration.ofDays(2)), muchLater.ntp().toInstant());
        assertEquals((int) (90_000L * (1 + 2 * 86_400)), muchLater.rtpTimestamp(), "32 bits that wrap");
    }

    @Test
    void audioAndVideoOfOneMomentKeepTheirNtpTime() {
        NtpTime publishers = new NtpTime(0xE000_0000_8000_0000L);
        ClockMapping audio = new ClockMapping(publishers, 48, 0).at(250 * MS, 48_000);
        ClockMapping video = new ClockMapping(publishers, 90, 0).at(250 * MS, 90_000);
        assertEquals(audio.ntp(), video.ntp());
        assertEquals(48 + 12_000, audio.rtpTimestamp());
        assertEquals(90 + 22_500, video.rtpTimestamp());
    }
}
