package dev.notecast.media.egress.mjpeg;

/** Frames a second over the last second or two; written by one thread, read by any. */
final class FrameRate {
    private static final long WINDOW_NANOS = 1_000_000_000;

    private long windowNanos;
    private long windowFrames;
    private volatile long lastNanos;
    private volatile double fps;

    void add(long frames, long nowNanos) {
        if (lastNanos == 0 || nowNanos - lastNanos > 3 * WINDOW_NANOS) {
            windowNanos = nowNanos; // the beginning, or after a pause: these frames came in no known time
            windowFrames = 0;
        } else {
            windowFrames += frames;
        }
        lastNanos = nowNanos;
        if (nowNanos - windowNanos >= WINDOW_NANOS) {
            fps = windowFrames * 1e9 / (nowNanos - windowNanos);
            windowNanos = nowNanos;
            windowFrames = 0;
        }
    }

    double fps(long nowNanos) {
        return nowNanos - lastNanos > 3 * WINDOW_NANOS ? 0 : fps;
    }
}
