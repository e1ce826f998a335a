package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A viewer that asks: it wants a picture only while somebody waits for one. */
final class PathMjpegReader implements MjpegReader, JpegViewer {
    private final PathName path;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private MjpegWatch watch; // set once, before anybody else has this
    private JpegFrame answer; // guarded by lock
    private volatile boolean waiting;
    private volatile boolean ended;
    private volatile boolean closed;

    PathMjpegReader(PathName path) {
        this.path = path;
    }

    void watch(MjpegWatch hold) {
        watch = hold;
    }

    @Override
    public Optional<JpegFrame> next(Duration timeout) {
        lock.lock();
        try {
            long leftNanos = timeout.toNanos();
            waiting = !closed && !ended;
            if (waiting) {
                watch.wake();
            }
            while (answer == null && !closed && !ended && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
            Optional<JpegFrame> given = Optional.ofNullable(answer);
            if (given.isEmpty() && ended && !closed) {
                throw new NoStreamException(path);
            }
            return given;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting = false;
            answer = null;
            lock.unlock();
        }
    }

    @Override
    public boolean isReady() {
        return waiting;
    }

    @Override
    public boolean wantsRepeats() {
        return false;
    }

    @Override
    public void show(SharedJpeg picture) {
        lock.lock();
        try {
            if (waiting) {
                answer = picture.frame();
                waiting = false;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        watch.close();
    }
}
