package dev.notecast.media.frame;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest frame between two stages: a faster producer replaces it, a slower consumer skips. The frame stays in the
 * slot after it was taken, so that any number of consumers can share it and a new one gets a picture at once. Any thread
 * may use it, virtual ones too.
 */
public final class LatestFrame implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private VideoFrame newest; // null until the first and after clear()
    private boolean taken;
    private boolean closed;
    private boolean woken;
    private long replaced;

    /**
     * Puts a frame in the place of the one before; the caller's reference becomes the slot's. One that is not newer, or
     * comes after the end, is closed.
     */
    public void put(VideoFrame frame) {
        lock.lock();
        try {
            if (closed || newest != null && frame.number() <= newest.number()) {
                frame.close();
                return;
            }
            if (newest != null) {
                newest.close();
                replaced += taken ? 0 : 1;
            }
            newest = frame;
            taken = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a frame with a number above {@code seen}, which the caller had last; 0 takes any. The caller closes it.
     *
     * @param deadlineNanos by {@link System#nanoTime()}; one that has passed only looks
     * @return empty when there was none in time, the slot is closed, or {@link #wake} was called
     */
    public Optional<VideoFrame> next(long seen, long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean early = false;
            while (!closed && !early && (newest == null || newest.number() <= seen)) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    return Optional.empty();
                }
                if (!woken) {
                    changed.await(left, TimeUnit.NANOSECONDS);
                }
                early = woken;
                woken = false;
            }
            if (closed || newest == null || newest.number() <= seen) {
                return Optional.empty();
            }
            taken = true;
            return Optional.of(newest.retain());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait of one consumer, now or when it next would wait: for a slot with one consumer. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Frames that were replaced before anybody took them. */
    public long replaced() {
        lock.lock();
        try {
            return replaced;
        } finally {
            lock.unlock();
        }
    }

    /** Empties the slot, so that no old picture is shown for a stream that has ended. */
    public void clear() {
        lock.lock();
        try {
            if (newest != null) {
                newest.close();
                newest = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Empties the slot for good and wakes whoever waits; may be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            clear();
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
