package dev.notecast.media.egress.whep;

/** When to ask again for the keyframe that a reader begins with: the publisher may not have been ready. One thread. */
final class FirstKeyframe {
    private static final long RETRY_NANOS = 200_000_000L; // as a browser does once it has got something
    private static final int MAX_RETRIES = 50; // then the publisher will not send one for being asked

    private long retryNanos;
    private int retries;
    private boolean asked;

    /** The first request goes out now. */
    void begin() {
        asked = false;
        retries = 0;
    }

    /** Whether to ask again, as long as there is nothing to see. */
    boolean isDue(long nowNanos) {
        if (!asked) {
            asked = true;
            retryNanos = nowNanos + RETRY_NANOS;
            return false;
        }
        if (retries >= MAX_RETRIES || nowNanos - retryNanos < 0) {
            return false;
        }
        retries++;
        retryNanos = nowNanos + RETRY_NANOS;
        return true;
    }
}
