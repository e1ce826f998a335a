package dev.notecast.rtc.ice;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The peer's consent to be sent traffic (RFC 7675 §5.1), and whether it is still heard at all. */
final class Consent {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos(); // +-20 %
    private static final long EXPIRY_NANOS = Duration.ofSeconds(30).toNanos();
    // after two of Chromium's checks were missed, as Chromium does itself
    private static final long SILENCE_NANOS = Duration.ofSeconds(7).toNanos();

    // two checks in a row were not answered
    private static final long DOUBT_NANOS = Duration.ofSeconds(11).toNanos();

    private final RandomGenerator random;
    private long checkAtNanos = Deadline.NEVER;
    private long expiresAtNanos = Deadline.NEVER;
    private long silentAtNanos = Deadline.NEVER;
    private long inDoubtAtNanos = Deadline.NEVER;

    Consent(RandomGenerator random) {
        this.random = random;
    }

    /** A check on the selected pair was answered. */
    void given(long atNanos) {
        expiresAtNanos = atNanos + EXPIRY_NANOS;
        inDoubtAtNanos = atNanos + DOUBT_NANOS;
    }

    /** Whether an answer is young enough to begin sending on its strength. */
    static boolean isFresh(long answeredAtNanos, long nowNanos) {
        return nowNanos - answeredAtNanos < INTERVAL_NANOS;
    }

    void checkSent(long nowNanos) {
        checkAtNanos = nowNanos + (long) (INTERVAL_NANOS * (0.8 + 0.4 * random.nextDouble()));
    }

    void heard(long nowNanos) {
        silentAtNanos = nowNanos + SILENCE_NANOS;
    }

    boolean isCheckDue(long nowNanos) {
        return Deadline.isDue(checkAtNanos, nowNanos);
    }

    boolean isExpired(long nowNanos) {
        return Deadline.isDue(expiresAtNanos, nowNanos);
    }

    boolean isSilent(long nowNanos) {
        return Deadline.isDue(silentAtNanos, nowNanos);
    }

    /** Whether the way may be dead: nothing comes, or no answers come even if media does, perhaps by another way. */
    boolean isInDoubt(long nowNanos) {
        return isSilent(nowNanos) || Deadline.isDue(inDoubtAtNanos, nowNanos);
    }

    long inDoubtAtNanos() {
        return inDoubtAtNanos;
    }

    /** The next time anything here is due; silence counts only while it would be news. */
    long nextDueNanos(boolean silenceIsNews) {
        long next = Deadline.earlier(checkAtNanos, expiresAtNanos);
        return silenceIsNews ? Deadline.earlier(next, silentAtNanos) : next;
    }
}
