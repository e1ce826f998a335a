package dev.notecast.rtc.ice;

/** Arithmetic on points in time of {@link System#nanoTime}, which may be negative and may wrap. */
final class Deadline {
    static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    static boolean isDue(long deadlineNanos, long nowNanos) {
        return deadlineNanos != NEVER && nowNanos - deadlineNanos >= 0;
    }

    static long earlier(long a, long b) {
        if (a == NEVER || b == NEVER) {
            return a == NEVER ? b : a;
        }
        return a - b < 0 ? a : b;
    }
}
