package dev.notecast.media.frame;

/**
 * Keeps one reader to its frame rate, within 2 percent, by leaving frames out and hardly ever by holding them up. A frame
 * may come a third of an interval early, so that nothing is left out of a source of the same rate when its frames
 * jitter. When frames keep coming early, the beat moves towards them, so that none waits for long. Times are arrivals of
 * frames.
 */
public final class Pace {
    private static final int EARLY_DIVISOR = 3; // less than a half: of twice the rate every second frame is left out
    private static final int DRIFT_DIVISOR = 16;

    private final long intervalNanos;
    private boolean begun;
    private long dueNanos;

    /** @param fps above 0 */
    public Pace(int fps) {
        intervalNanos = 1_000_000_000L / fps;
    }

    /** Whether it is the turn of a frame that came in then. */
    public boolean admits(long arrivalNanos) {
        return !begun || arrivalNanos - earliestNanos() >= 0;
    }

    /** When a frame that was too early may be taken after all, if no newer one has come. */
    public long earliestNanos() {
        return dueNanos - intervalNanos / EARLY_DIVISOR;
    }

    /** It was taken. */
    public void taken(long arrivalNanos) {
        long earlyNanos = dueNanos - arrivalNanos;
        if (!begun || earlyNanos < -intervalNanos) {
            dueNanos = arrivalNanos + intervalNanos; // the beginning, or after a pause that is not made up for
        } else {
            dueNanos += intervalNanos - Math.max(0, earlyNanos) / DRIFT_DIVISOR;
        }
        begun = true;
    }
}
