package dev.notecast.rtc.send;

import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.SenderReport;
import java.util.List;

/**
 * Counts what goes out in one stream, says when to report it, and what comes back of it (RFC 3550 §6.4.1). One thread at
 * a time.
 */
public final class SenderReports {
    /** Between two reports; the first one follows the first packet at once, so that lips move in step early. */
    public static final long INTERVAL_NANOS = 1_000_000_000L;

    private static final int REMEMBERED = 4; // reports that may still be answered
    private static final long MAX_ROUND_TRIP_NANOS = 10_000_000_000L; // a longer one is a receiver's invention

    private final int clockRate;
    private final int[] sentNtp = new int[REMEMBERED];
    private final long[] sentNanos = new long[REMEMBERED];
    private int sentReports;
    private long packets;
    private long octets;
    private boolean reported;
    private long reportedNanos;
    private long packetsReported;
    private long lost;
    private int fractionLost;
    private long jitterTicks;
    private long roundTripNanos = -1;

    /** @param clockRate of the codec in Hz */
    public SenderReports(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Counts a packet on its way, one that is sent again in the same stream too. */
    public void sent(int payloadBytes) {
        packets++;
        octets += payloadBytes;
    }

    /** Whether a report should go out now: something was sent since the last one, and that was long enough ago. */
    public boolean due(long nowNanos) {
        return packets != packetsReported && (!reported || nowNanos - reportedNanos >= INTERVAL_NANOS);
    }

    /**
     * Makes a report.
     *
     * @param source the source track's clocks at some moment
     * @param rewriter of the same stream, started
     */
    public SenderReport report(int ssrc, ClockMapping source, StreamRewriter rewriter, long nowNanos) {
        reported = true;
        reportedNanos = nowNanos;
        packetsReported = packets;
        ClockMapping now = source.at(nowNanos, clockRate);
        int timestamp = rewriter.timestamp(now.rtpTimestamp());
        sentNtp[sentReports % REMEMBERED] = now.ntp().compact();
        sentNanos[sentReports % REMEMBERED] = nowNanos;
        sentReports++;
        return new SenderReport(ssrc, now.ntp(), timestamp, packets, octets, List.of());
    }

    /** Takes what the receiver says of this stream. */
    public void received(ReportBlock block, long nowNanos) {
        lost = block.cumulativeLost();
        fractionLost = block.fractionLost();
        jitterTicks = block.jitterTicks();
        for (int i = 0; i < Math.min(sentReports, REMEMBERED); i++) {
            // by our own clock: the NTP times are the publisher's and may jump
            if (block.lastSenderReport() == sentNtp[i] && block.lastSenderReport() != 0) {
                long delayNanos = (block.delaySinceLastSenderReport() * 1_000_000_000L) >>> 16;
                long rtt = nowNanos - sentNanos[i] - delayNanos;
                if (rtt <= MAX_ROUND_TRIP_NANOS) {
                    roundTripNanos = Math.max(0, rtt);
                }
            }
        }
    }

    public long packets() {
        return packets;
    }

    /** Payload bytes sent so far. */
    public long octets() {
        return octets;
    }

    /** Packets that the receiver missed so far, by its last report. */
    public long lost() {
        return lost;
    }

    /** Of the receiver's last report interval, 0..1. */
    public double lossFraction() {
        return fractionLost / 256.0;
    }

    /** Between arrivals, by the receiver's last report. */
    public long jitterNanos() {
        return jitterTicks * 1_000_000_000L / clockRate;
    }

    /** To the receiver and back, -1 until one of its reports answered one of ours. */
    public long roundTripNanos() {
        return roundTripNanos;
    }
}
