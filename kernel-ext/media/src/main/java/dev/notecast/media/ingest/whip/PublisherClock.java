package dev.notecast.media.ingest.whip;

import dev.notecast.rtc.rtcp.NtpTime;

/**
 * The publisher's wall clock on ours. Readers then see one clock from the first packet on: before a track's first report
 * its arrivals stand in, and another publisher may follow, and sound and picture would jump apart at each change. One
 * difference for all tracks, so that they keep step as the publisher says.
 */
final class PublisherClock {
    private static final long MAX_DRIFT_BITS = 1L << 32; // one second: somebody has set a clock

    private final long nowBits; // NTP at beganNanos
    private final long beganNanos;
    private boolean known;
    private long offsetBits;

    PublisherClock(NtpTime now, long nowNanos) {
        this.nowBits = now.bits();
        this.beganNanos = nowNanos;
    }

    /** What a time in a report is on our clock. */
    NtpTime local(NtpTime publishers, long arrivalNanos) {
        long elapsed = arrivalNanos - beganNanos;
        long seconds = Math.floorDiv(elapsed, 1_000_000_000L);
        long fraction = (Math.floorMod(elapsed, 1_000_000_000L) << 32) / 1_000_000_000L;
        long offset = nowBits + (seconds << 32) + fraction - publishers.bits();
        if (!known || Math.abs(offset - offsetBits) > MAX_DRIFT_BITS) {
            known = true;
            offsetBits = offset;
        }
        return new NtpTime(publishers.bits() + offsetBits);
    }
}
