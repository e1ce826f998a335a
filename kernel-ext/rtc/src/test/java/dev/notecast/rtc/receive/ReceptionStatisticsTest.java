package dev.notecast.rtc.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.ReportBlock;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
    private static final int CLOCK_RATE = 90_000;
    private static final long MS = 1_000_000;

    private final ReceptionStatistics statistics = new ReceptionStatistics(CLOCK_RATE);

    /** Packets 10 ms apart on both clocks. */
    private void receive(int first, int index) {
        statistics.received(first + index & 0xFFFF, index * 900, index * 10 * MS);
    }

    @AtEveryWrapPoint
    void countsLossSinceTheLastReportAndOverall(int first) {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 1) {
                receive(first, i);
            }
        }
        ReportBlock report = statistics.report(7, 0);
        assertEquals(64, report.fractionLost(), "a quarter, in 1/256");
        assertEquals(25, report.cumulativeLost());
        assertEquals(0, report.jitterTicks());
        assertEquals(first + 99, report.highestSequenceNumber(), "wraps are counted above the 16 bits");
        for (int i = 100; i < 200; i++) {
            receive(first, i);
        }
        report = statistics.report(7, 0);
        assertEquals(0, report.fractionLost());
        assertEquals(25, report.cumulativeLost());
        assertEquals(first + 199, report.highestSequenceNumber());
    }

    @AtEveryWrapPoint
    void aPacketFromBeforeTheFirstOneIsNoLoss(int first) {
        receive(first, 1);
        receive(first, 0);
        receive(first, 2);
        assertEquals(3, statistics.expected());
        assertEquals(0, statistics.report(7, 0).cumulativeLost());
    }

    @Test
    void duplicatesMakeLossNegativeButNotItsFraction() {
        receive(0, 0);
        receive(0, 1);
        receive(0, 1);
        ReportBlock report = statistics.report(7, 0);
        assertEquals(-1, report.cumulativeLost());
        assertEquals(0, report.fractionLost());
    }

    @Test
    void smoothsJitterBySixteenths() {
        statistics.received(0, 0, 0);
        statistics.received(1, 900, 20 * MS); // 10 ms late are 900 ticks
        assertEquals(900 / 16.0, statistics.jitterTicks(), 0.01);
        statistics.received(2, 1800, 30 * MS);
        assertEquals(900 / 16.0 * 15 / 16, statistics.jitterTicks(), 0.01);
    }

    @Test
    void aJumpOfTheSendersClockIsNoJitter() {
        statistics.received(0, 0, 0);
        statistics.received(1, Integer.MIN_VALUE, 10 * MS);
        assertEquals(0, statistics.jitterTicks());
    }

    @Test
    void tellsHowLongAgoTheSenderReported() {
        receive(0, 0);
        assertEquals(0, statistics.report(7, 5 * MS).lastSenderReport());
        statistics.senderReport(new NtpTime(0x1122_3344_5566_7788L), 1000 * MS);
        ReportBlock report = statistics.report(7, 1500 * MS);
        assertEquals(0x3344_5566, report.lastSenderReport());
        assertEquals(32_768, report.delaySinceLastSenderReport(), "half a second");
    }

    @Test
    void aSilentStreamHasNoNews() {
        assertFalse(statistics.hasNews());
        receive(0, 0);
        assertTrue(statistics.hasNews());
        statistics.report(7, 0);
        assertFalse(statistics.hasNews());
    }
}
