package dev.notecast.media.egress.mjpeg;

import java.util.Optional;

/** The newest picture of one path, for one feed: a slower feed skips pictures. */
public interface Pictures extends AutoCloseable {
    /**
     * Waits for a picture with a number above {@code seen}.
     *
     * @param deadlineNanos by {@link System#nanoTime()}; one that has passed only looks
     * @return empty when there was none in time, {@link #wake} was called, or there will be none
     */
    Optional<Picture> next(long seen, long deadlineNanos) throws InterruptedException;

    /** Ends the wait under way, or else the next one; from any thread. */
    void wake();

    /** @throws dev.notecast.media.path.NoStreamException when nobody publishes there now */
    void requireStream();

    /** Whether the path is gone for good. */
    boolean ended();

    /** Ends the wait under way too; may be called twice, from any thread. */
    @Override
    void close();
}
