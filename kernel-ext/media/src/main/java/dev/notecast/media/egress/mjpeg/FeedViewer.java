package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.frame.Pace;

/** A viewer as its feed knows it; the feed's thread only, but for what says otherwise. */
final class FeedViewer {
    private static final long REPEAT_NANOS = 5_000_000_000L; // so that a client that left is noticed

    private final JpegViewer viewer;
    private final Pace pace;
    private long shown; // number of the picture
    private long shownNanos = System.nanoTime();
    private long dueNanos; // when a picture that was too early may be shown after all; 0 when there is none

    FeedViewer(JpegViewer viewer, int fps) {
        this.viewer = viewer;
        pace = new Pace(fps);
    }

    /** Any thread. */
    JpegViewer viewer() {
        return viewer;
    }

    boolean isReady() {
        return viewer.isReady();
    }

    long shown() {
        return shown;
    }

    /** Whether it waits for a turn that has not come yet. */
    boolean mustWait(long nowNanos) {
        return dueNanos != 0 && nowNanos - dueNanos < 0;
    }

    long dueNanos() {
        return dueNanos;
    }

    /** Whether it has to be shown the last picture again. */
    boolean repeats(long nowNanos) {
        return shown != 0 && nowNanos - shownNanos >= REPEAT_NANOS && viewer.wantsRepeats() && viewer.isReady();
    }

    /** Whether it is its turn for a picture; if not it has its turn at {@link #dueNanos}, unless a newer one comes. */
    boolean admits(long arrivalNanos, long nowNanos) {
        boolean turnCame = dueNanos != 0 && nowNanos - dueNanos >= 0;
        if (turnCame || pace.admits(arrivalNanos)) {
            return true;
        }
        dueNanos = pace.earliestNanos() + (nowNanos - arrivalNanos); // as late after its turn as pictures come
        return false;
    }

    /** @return how many pictures it has skipped since the one before */
    long show(SharedJpeg picture, long number, long nowNanos) {
        long skipped = shown == 0 ? 0 : number - shown - 1;
        shown = number;
        shownNanos = nowNanos;
        dueNanos = 0;
        pace.taken(picture.frame().arrivalNanos());
        viewer.show(picture);
        return Math.max(0, skipped);
    }

    void repeat(SharedJpeg picture, long nowNanos) {
        shownNanos = nowNanos;
        viewer.show(picture);
    }
}
