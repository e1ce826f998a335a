package dev.notecast.jupyter.widget;

/**
 * When the next picture may go to a page through the kernel. A page acknowledges what it has shown; without that the
 * messages would pile up in the Jupyter server for a page that is slow, asleep or gone. While a cell runs nothing from
 * pages arrives, so then pictures go on, slower. Not thread-safe.
 */
final class PicturePace {
    static final int MAX_FPS = 15;

    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL_NANOS = SECOND / MAX_FPS;
    private static final long INTERVAL_IN_CELL_NANOS = SECOND / 5;
    private static final long GONE_NANOS = 10 * SECOND; // a page that is there answers within one
    private static final long GONE_IN_CELL_NANOS = 120 * SECOND;
    private static final int MAX_UNSEEN = 2 * MAX_FPS; // pictures on their way

    private long sent;
    private long seen;
    private long lastSentNanos;
    private long lastSeenNanos;

    PicturePace(long nowNanos) {
        lastSentNanos = nowNanos - INTERVAL_NANOS;
        lastSeenNanos = nowNanos;
    }

    /** Number of the picture that goes out now, from 1. */
    long sent(long nowNanos) {
        lastSentNanos = nowNanos;
        return ++sent;
    }

    /** The page has shown the picture of this number. */
    void seen(long number, long nowNanos) {
        seen = Math.max(seen, Math.min(number, sent));
        lastSeenNanos = nowNanos;
    }

    boolean maySend(long nowNanos, boolean cellRuns) {
        boolean behind = !cellRuns && sent - seen >= MAX_UNSEEN;
        return !behind && nowNanos - lastSentNanos >= (cellRuns ? INTERVAL_IN_CELL_NANOS : INTERVAL_NANOS);
    }

    /** Whether nobody seems to look any more. */
    boolean isAbandoned(long nowNanos, boolean cellRuns) {
        return nowNanos - lastSeenNanos > (cellRuns ? GONE_IN_CELL_NANOS : GONE_NANOS);
    }
}
