package dev.notecast.rtc.receive;

/**
 * Merges the keyframe requests of all readers of one track into few PLIs. The first one goes out at once; those that
 * come within the window after a PLI are remembered and become one PLI at the window's end. A PLI that no keyframe
 * answers is repeated, a bounded number of times. One thread at a time.
 */
public final class KeyframeRequests {
    /** Browsers answer at most one request in 300 to 350 ms; one that comes earlier is lost. */
    public static final long WINDOW_NANOS = 350_000_000L;

    /** PLIs without an answer, until somebody asks again. */
    public static final int MAX_UNANSWERED = 10;

    /** Given by {@link #nextTimeoutNanos()} when nothing is to be done. */
    public static final long NEVER = Long.MAX_VALUE;

    private long windowEndNanos;
    private boolean windowOpen;
    private boolean wanted;
    private boolean unanswered;
    private int sent;

    /** A reader wants a keyframe. @return whether to send a PLI now */
    public boolean request(long nowNanos) {
        wanted = true;
        return due(nowNanos);
    }

    /** Called on time-outs. @return whether to send a PLI now */
    public boolean due(long nowNanos) {
        if (windowOpen && nowNanos - windowEndNanos < 0) {
            return false;
        }
        windowOpen = false;
        if (wanted) {
            sent = 0;
        } else if (!unanswered || sent >= MAX_UNANSWERED) {
            unanswered = false;
            return false;
        }
        wanted = false;
        unanswered = true;
        sent++;
        windowOpen = true;
        windowEndNanos = nowNanos + WINDOW_NANOS;
        return true;
    }

    /**
     * A keyframe begins: what was asked for has come. A request that came after the last PLI is answered by it too,
     * since its reader sees this keyframe.
     */
    public void keyframeArrived() {
        wanted = false;
        unanswered = false;
        sent = 0;
    }

    /** When {@link #due} wants to be called next, on the scale of the times given; {@link #NEVER} when it need not. */
    public long nextTimeoutNanos() {
        return windowOpen && (wanted || unanswered) ? windowEndNanos : NEVER;
    }
}
