package dev.notecast.media.ingest.upload;

import java.util.concurrent.TimeUnit;

/**
 * How often pictures come, to tell a pause from the end: silence for three times the longest gap of late, but for one
 * second at least and five at most. One picture alone has five. Written by one thread, read by any.
 */
final class UploadPace {
    private static final long MIN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int GAPS = 3;

    private volatile long lastNanos;
    private volatile long pauseNanos = MAX_PAUSE_NANOS;
    private long longestGapNanos; // the writer's; fades
    private boolean began; // the writer's

    UploadPace(long nowNanos) {
        lastNanos = nowNanos;
    }

    void arrived(long nanos) {
        if (began) {
            longestGapNanos = Math.max(nanos - lastNanos, longestGapNanos - longestGapNanos / 8);
            pauseNanos = Math.clamp(GAPS * longestGapNanos, MIN_PAUSE_NANOS, MAX_PAUSE_NANOS);
        }
        began = true;
        lastNanos = nanos;
    }

    /** Whether somebody else may have the path. */
    boolean hasPaused(long nowNanos) {
        return nowNanos - lastNanos > pauseNanos;
    }

    long silenceNanos(long nowNanos) {
        return nowNanos - lastNanos;
    }
}
