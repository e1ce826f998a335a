package dev.notecast.rtc.send;

import dev.notecast.rtc.rtcp.NtpTime;
import java.time.Instant;

/**
 * One moment on three clocks: what a sender report says, and when it came. Audio and video play in step because their
 * reports share the NTP clock (RFC 3550 §6.4.1).
 *
 * @param rtpTimestamp of the source track, in ticks of the codec's clock
 * @param atNanos on the clock of the times passed in elsewhere
 */
public record ClockMapping(NtpTime ntp, int rtpTimestamp, long atNanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** For a source that sends no reports: its packet's arrival stands for the moment of its timestamp. */
    public static ClockMapping ofArrival(Instant wallClock, int rtpTimestamp, long atNanos) {
        long unixNanos = wallClock.getEpochSecond() * NANOS_PER_SECOND + wallClock.getNano();
        return new ClockMapping(NtpTime.ofUnixNanos(unixNanos), rtpTimestamp, atNanos);
    }

    /** When a packet of the same clock was made, less than half the 32 bits of a timestamp away. */
    public NtpTime ntpOf(int timestamp, int clockRate) {
        return new NtpTime(ntp.bits() + ((long) (timestamp - rtpTimestamp) << 32) / clockRate);
    }

    /** The same clocks at another time. */
    public ClockMapping at(long nowNanos, int clockRate) {
        long elapsedNanos = nowNanos - atNanos;
        long seconds = Math.floorDiv(elapsedNanos, NANOS_PER_SECOND);
        long fraction = (Math.floorMod(elapsedNanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        double ticks = (double) elapsedNanos * clockRate / NANOS_PER_SECOND;
        NtpTime then = new NtpTime(ntp.bits() + (seconds << 32) + fraction);
        return new ClockMapping(then, rtpTimestamp + (int) (long) ticks, nowNanos);
    }
}
