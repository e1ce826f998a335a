package dev.notecast.media.egress.mjpeg;

/**
 * Keeps one reader to its frame rate. A frame may come half an interval before its time, so that a source of the same
 * rate neither waits nor skips when its frames jitter; the rate over time stays.
 */
final class Pace {
    private final long intervalNanos;
    private long dueNanos;

    Pace(int fps, long nowNanos) {
        intervalNanos = 1_000_000_000L / fps;
        dueNanos = nowNanos;
    }

    /** Before this time no further frame may be taken. */
    long earliestNanos() {
        return dueNanos - intervalNanos / 2;
    }

    void taken(long nowNanos) {
        long behind = nowNanos - dueNanos;
        dueNanos = behind > intervalNanos ? nowNanos : dueNanos + intervalNanos;
    }
}
