package dev.notecast.bench;

import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.MjpegInput;
import dev.notecast.media.egress.mjpeg.Picture;
import dev.notecast.media.egress.mjpeg.Pictures;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.path.PathName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A camera that sends JPEGs: the same few again and again, handed on untouched.
 *
 * @param jpegs all 1280x720
 */
record JpegLoop(List<byte[]> jpegs, int fps) implements MjpegInput {
    @Override
    public Pictures open(PathName path) {
        return new Loop(jpegs, 1_000_000_000L / fps);
    }

    private static final class Loop implements Pictures {
        private final List<byte[]> jpegs;
        private final long intervalNanos;
        private volatile Thread reader;
        private volatile boolean woken;
        private volatile boolean closed;

        Loop(List<byte[]> jpegs, long intervalNanos) {
            this.jpegs = jpegs;
            this.intervalNanos = intervalNanos;
        }

        @Override
        public Optional<Picture> next(long seen, long deadlineNanos) {
            reader = Thread.currentThread();
            while (!woken && !closed) {
                long nowNanos = System.nanoTime();
                long number = nowNanos / intervalNanos;
                if (number > seen) {
                    return Optional.of(new Jpeg(number, number * intervalNanos, jpegs));
                }
                if (nowNanos - deadlineNanos >= 0) {
                    return Optional.empty();
                }
                LockSupport.parkNanos(this, Math.min(deadlineNanos, (number + 1) * intervalNanos) - nowNanos);
            }
            woken = false;
            return Optional.empty();
        }

        @Override
        public void wake() {
            woken = true;
            LockSupport.unpark(reader);
        }

        @Override
        public void requireStream() {
            // there always is one
        }

        @Override
        public boolean ended() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
            LockSupport.unpark(reader);
        }
    }

    private record Jpeg(long number, long arrivalNanos, List<byte[]> jpegs) implements Picture {
        @Override
        public FrameTimes times() {
            return FrameTimes.arrived(arrivalNanos);
        }

        @Override
        public JpegFrame jpeg(int width, int quality) {
            return new JpegFrame(jpegs.get((int) (number % jpegs.size())), 1280, 720, number, times());
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
