package dev.notecast.media.ingest.pictures;

import dev.notecast.media.frame.FrameTimes;
import dev.notecast.rtc.rtcp.NtpTime;
import java.time.Instant;

/**
 * The times of pictures that are encoded again, on this machine's wall clock: as their camera took them where that is
 * known, else as they came in. What a stage in between takes does not count, so that sound which went past it stays in
 * step: its sender reports are on the same clock (RFC 3550 §6.4.1).
 */
final class PictureClock {
    private static final int TICKS_PER_SECOND = 90_000; // every video codec's RTP clock
    private static final long BELIEVED_TICKS = 5 * TICKS_PER_SECOND; // from the arrival; more, and somebody set a clock

    private final NtpTime began;
    private final long beganNanos;
    private long lagTicks; // from the newest picture's own time until it was asked for
    private long lastTicks = -1;

    PictureClock(Instant wallClock, long nowNanos) {
        began = NtpTime.ofUnixNanos(wallClock.getEpochSecond() * 1_000_000_000L + wallClock.getNano());
        beganNanos = nowNanos;
    }

    /** When the ticks begin. */
    NtpTime began() {
        return began;
    }

    /** The same moment by {@link System#nanoTime()}. */
    long beganNanos() {
        return beganNanos;
    }

    /** The time of a picture, later than the one before. */
    long ticks(FrameTimes times, long nowNanos) {
        long ticks = ticksAt(times.arrivalNanos());
        if (!times.captured().equals(NtpTime.NONE)) {
            long taken = ((times.captured().bits() - began.bits() >> 16) * TICKS_PER_SECOND) >> 16;
            ticks = Math.abs(taken - ticks) < BELIEVED_TICKS ? taken : ticks;
        }
        lagTicks = ticksAt(nowNanos) - ticks;
        return after(ticks);
    }

    /** The time of a picture that is shown again, as if it had been taken anew. */
    long ticksAgain(long nowNanos) {
        return after(ticksAt(nowNanos) - lagTicks);
    }

    private long after(long ticks) {
        lastTicks = Math.max(lastTicks + 1, ticks);
        return lastTicks;
    }

    private long ticksAt(long nanos) {
        return (nanos - beganNanos) * 9 / 100_000;
    }
}
