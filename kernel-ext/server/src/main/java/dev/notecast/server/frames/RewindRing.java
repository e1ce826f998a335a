package dev.notecast.server.frames;

import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.JpegViewer;
import dev.notecast.media.egress.mjpeg.SharedJpeg;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.frame.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last pictures of one path as JPEGs, in the Java heap and nowhere else: so many seconds, and so many bytes. */
final class RewindRing implements JpegViewer {
    private record Kept(Frame frame, long arrivalNanos, int bytes) {}

    private final PathName path;
    private final DetectionBoard board;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Kept> kept = new ArrayDeque<>(); // of the lock, as all that follows
    private long spanNanos;
    private long bytes;
    private boolean full; // pictures have gone for their size, not for their age
    private boolean ended;

    RewindRing(PathName path, DetectionBoard board, Duration span, long maxBytes) {
        this.path = path;
        this.board = board;
        this.maxBytes = maxBytes;
        spanNanos = span.toNanos();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean wantsRepeats() {
        return false;
    }

    @Override
    public void show(SharedJpeg picture) {
        keep(picture.frame());
    }

    void keep(JpegFrame jpeg) {
        Frame frame = Frame.ofJpeg(
                jpeg.jpeg(),
                jpeg.width(),
                jpeg.height(),
                jpeg.number(),
                jpeg.times(),
                board.in(path, jpeg.arrivalNanos(), jpeg.width(), jpeg.height()));
        lock.lock();
        try {
            if (ended) {
                return;
            }
            kept.addLast(new Kept(frame, jpeg.arrivalNanos(), jpeg.jpeg().length));
            bytes += jpeg.jpeg().length;
            dropOld(System.nanoTime());
            while (bytes > maxBytes && kept.size() > 1) {
                full = true;
                dropFirst();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of what is too old, though nothing new may come; the newest one stays. */
    void dropOld(long nowNanos) {
        lock.lock();
        try {
            while (kept.size() > 1 && nowNanos - kept.getFirst().arrivalNanos() > spanNanos) {
                full = false;
                dropFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    private void dropFirst() {
        bytes -= kept.removeFirst().bytes();
    }

    /** Keeps so much from now on. */
    void span(Duration span) {
        lock.lock();
        try {
            spanNanos = span.toNanos();
        } finally {
            lock.unlock();
        }
    }

    Duration span() {
        lock.lock();
        try {
            return Duration.ofNanos(spanNanos);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first picture. False when none came in time, or none will. */
    boolean awaitFirst(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (kept.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !kept.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What came in within that time, and the newest one in any case. */
    List<Frame> last(Duration span, long nowNanos) {
        lock.lock();
        try {
            List<Frame> found = new ArrayList<>();
            kept.stream()
                    .filter(each -> nowNanos - each.arrivalNanos() <= span.toNanos())
                    .forEach(each -> found.add(each.frame()));
            if (found.isEmpty() && !kept.isEmpty()) {
                found.add(kept.getLast().frame());
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Whether pictures were dropped that are not too old, as all of them would take too much memory. */
    boolean isFull() {
        lock.lock();
        try {
            return full;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return kept.size();
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** There are no more pictures, and nothing is kept. */
    @Override
    public void ended() {
        lock.lock();
        try {
            ended = true;
            kept.clear();
            bytes = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
