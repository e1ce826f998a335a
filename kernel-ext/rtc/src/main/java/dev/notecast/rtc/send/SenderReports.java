package dev.notecast.rtc.send;

import dev.notecast.rtc.rtcp.SenderReport;
import java.util.List;

/** Counts what goes out in one stream and says when to report it (RFC 3550 §6.4.1). One thread at a time. */
public final class SenderReports {
    /** Between two reports; the first one follows the first packet at once, so that lips move in step early. */
    public static final long INTERVAL_NANOS = 1_000_000_000L;

    private final int clockRate;
    private long packets;
    private long octets;
    private boolean reported;
    private long reportedNanos;
    private long packetsReported;

    /** @param clockRate of the codec in Hz */
    public SenderReports(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Counts a packet on its way, resent ones too. */
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
        return new SenderReport(ssrc, now.ntp(), timestamp, packets, octets, List.of());
    }

    public long packets() {
        return packets;
    }

    /** Payload bytes sent so far. */
    public long octets() {
        return octets;
    }
}
