package dev.notecast.rtc.receive;

import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtp.SequenceNumbers;

/** Loss and jitter of one incoming stream (RFC 3550 §6.4.1, A.3, A.8). One thread at a time. */
public final class ReceptionStatistics {
    private static final int MAX_CUMULATIVE = 0x7F_FFFF; // signed 24 bits
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long START = 1L << 32; // so that packets from before the first one do not go below zero

    private final int clockRate;
    private long first = -1; // extended, -1 before the first packet
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int lastTimestamp;
    private long lastArrivalNanos;
    private double jitterTicks;
    private NtpTime lastReportNtp = NtpTime.NONE;
    private long lastReportNanos;
    private boolean reported;

    /** @param clockRate ticks of the codec's clock in a second */
    public ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Counts a packet as it came in, duplicates and padding included. */
    public void received(int sequenceNumber, int timestamp, long arrivalNanos) {
        received++;
        if (first < 0) {
            first = START + sequenceNumber;
            highest = first;
        } else {
            long sequence = SequenceNumbers.unwrap(sequenceNumber, highest);
            if (sequence > highest) {
                highest = sequence;
            } else if (sequence < first) {
                first = sequence; // came late, before the first one we saw
            }
            updateJitter(timestamp, arrivalNanos);
        }
        lastTimestamp = timestamp;
        lastArrivalNanos = arrivalNanos;
    }

    /** RFC 3550 A.8: the change of transit time between two packets, smoothed by 1/16. */
    private void updateJitter(int timestamp, long arrivalNanos) {
        double arrivalTicks = (double) (arrivalNanos - lastArrivalNanos) * clockRate / NANOS_PER_SECOND;
        double change = Math.abs(arrivalTicks - (timestamp - lastTimestamp));
        if (change < (double) clockRate * 60) { // a jump of the sender's clock is not jitter
            jitterTicks += (change - jitterTicks) / 16;
        }
    }

    /** Remembers the peer's sender report, for LSR and DLSR. */
    public void senderReport(NtpTime ntp, long arrivalNanos) {
        lastReportNtp = ntp;
        lastReportNanos = arrivalNanos;
        reported = true;
    }

    /** Makes the next report; the fraction lost is counted from the report before. */
    public ReportBlock report(int ssrc, long nowNanos) {
        long expected = expected();
        long expectedInterval = expected - expectedBefore;
        long lostInterval = expectedInterval - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedInterval <= 0 || lostInterval <= 0
                ? 0
                : (int) Math.min(255, 256 * lostInterval / expectedInterval);
        long delay = reported ? (long) ((double) (nowNanos - lastReportNanos) * 65_536 / NANOS_PER_SECOND) : 0;
        return new ReportBlock(
                ssrc,
                fraction,
                (int) Math.clamp(lost(), -MAX_CUMULATIVE - 1L, MAX_CUMULATIVE),
                first < 0 ? 0 : highest & 0xFFFF_FFFFL,
                (long) jitterTicks,
                lastReportNtp.compact(),
                Math.clamp(delay, 0, 0xFFFF_FFFFL));
    }

    /** Whether a packet has come in since the last report; a stream that is silent is not reported. */
    public boolean hasNews() {
        return received != receivedBefore;
    }

    /** Packets that should have come so far. */
    public long expected() {
        return first < 0 ? 0 : highest - first + 1;
    }

    /** Packets that came, duplicates included. */
    public long received() {
        return received;
    }

    /** Packets lost so far; negative when there were more duplicates than losses. */
    public long lost() {
        return expected() - received;
    }

    /** Interarrival jitter in ticks of the codec's clock. */
    public double jitterTicks() {
        return jitterTicks;
    }
}
