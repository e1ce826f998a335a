package dev.notecast.rtc.send;

import java.time.Instant;

/**
 * One moment on three clocks: what a sender report says, and when it came. Audio and video play in step because their
 * reports share the NTP clock (RFC 3550 §6.4.1).
 *
 * @param ntp 64-bit NTP time: seconds since 1900, then the fraction
 * @param rtpTimestamp of the source track, in ticks of the codec's clock
 * @param atNanos on the clock of the times passed in elsewhere
 */
public record ClockMapping(long ntp, int rtpTimestamp, long atNanos) {
    private static final long NTP_TO_UNIX_SECONDS = 2_208_988_800L; // 1900 to 1970
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** For a source that sends no reports: its packet's arrival stands for the moment of its timestamp. */
    public static ClockMapping ofArrival(Instant wallClock, int rtpTimestamp, long atNanos) {
        return new ClockMapping(ntp(wallClock), rtpTimestamp, atNanos);
    }

    /** A point in time as a 64-bit NTP time. */
    public static long ntp(Instant instant) {
        long fraction = ((long) instant.getNano() << 32) / NANOS_PER_SECOND;
        return (instant.getEpochSecond() + NTP_TO_UNIX_SECONDS) << 32 | fraction;
    }

    /** The same clocks at another time. */
    public ClockMapping at(long nowNanos, int clockRate) {
        long elapsedNanos = nowNanos - atNanos;
        long seconds = Math.floorDiv(elapsedNanos, NANOS_PER_SECOND);
        long fraction = (Math.floorMod(elapsedNanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        double ticks = (double) elapsedNanos * clockRate / NANOS_PER_SECOND;
        return new ClockMapping(ntp + (seconds << 32) + fraction, rtpTimestamp + (int) (long) ticks, nowNanos);
    }
}
