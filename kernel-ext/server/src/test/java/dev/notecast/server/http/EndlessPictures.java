package dev.notecast.server.http;

import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.MjpegInput;
import dev.notecast.media.egress.mjpeg.Picture;
import dev.notecast.media.egress.mjpeg.Pictures;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Pictures that are no pictures, a hundred a second, the first byte counting those that were taken. */
final class EndlessPictures implements MjpegInput {
    private static final long INTERVAL_NANOS = 10_000_000;

    final AtomicLong framesTaken = new AtomicLong();
    volatile int jpegBytes = 1000;
    volatile boolean ended;

    @Override
    public Pictures open(PathName path) {
        if (path.equals(FakeMedia.EMPTY)) {
            throw new NoStreamException(path);
        }
        return new OfPath(path.equals(FakeMedia.BLIND));
    }

    private final class OfPath implements Pictures {
        private final boolean blind;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean woken;
        private volatile boolean closed;

        OfPath(boolean blind) {
            this.blind = blind;
        }

        @Override
        public Optional<Picture> next(long seen, long deadlineNanos) throws InterruptedException {
            lock.lock();
            try {
                while (!ended() && !woken) {
                    long nowNanos = System.nanoTime();
                    long number = nowNanos / INTERVAL_NANOS;
                    if (!blind && number > seen) {
                        return Optional.of(new Counted(number));
                    }
                    if (nowNanos - deadlineNanos >= 0) {
                        return Optional.empty();
                    }
                    changed.await(Math.min(deadlineNanos - nowNanos, INTERVAL_NANOS), TimeUnit.NANOSECONDS);
                }
                woken = false;
                return Optional.empty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void wake() {
            lock.lock();
            try {
                woken = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void requireStream() {
            // it is there as long as this is
        }

        @Override
        public boolean ended() {
            return ended || closed;
        }

        @Override
        public void close() {
            closed = true;
            wake();
        }
    }

    private final class Counted implements Picture {
        private final long number;

        Counted(long number) {
            this.number = number;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public FrameTimes times() {
            return FrameTimes.arrived(number * INTERVAL_NANOS);
        }

        @Override
        public JpegFrame jpeg(int width, int quality) {
            byte[] jpeg = new byte[jpegBytes];
            jpeg[0] = (byte) framesTaken.incrementAndGet();
            return new JpegFrame(jpeg, 640, 480, number, times());
        }

        @Override
        public void close() {
            // it holds nothing
        }
    }
}
