package dev.notecast.server.frames;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest picture of a path for whoever asks now and then. The path stays decoded for some seconds after each
 * question, as the next one would otherwise have to wait for a keyframe, and the publisher to make one. Any thread.
 */
public final class NewestFrames implements AutoCloseable {
    private static final long LINGER_NANOS = 5_000_000_000L;

    private final PathManager paths;
    private final PathDecoders decoders;
    private final DetectionBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<PathName, Held> held = new HashMap<>(); // guarded by lock
    private boolean closed;

    /** A path that is decoded for us; its changing parts are guarded by the lock. */
    private static final class Held {
        final PathName path;
        final PixelSubscription pixels;
        int asking;
        long askedNanos;

        Held(PathName path, PixelSubscription pixels) {
            this.path = path;
            this.pixels = pixels;
        }
    }

    public NewestFrames(PathManager paths, PathDecoders decoders, DetectionBoard board) {
        this.paths = paths;
        this.decoders = decoders;
        this.board = board;
    }

    /**
     * The newest picture, which is waited for where there is none yet.
     *
     * @return empty when none came in time
     * @throws NoStreamException when nobody publishes there
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     * @throws IllegalStateException when the server has stopped, or the path does not answer
     */
    public Optional<Frame> latest(PathName path, Duration wait) throws InterruptedException {
        return latest(path, 0, wait);
    }

    /**
     * The same, but for one with a number above {@code seen}. Numbers begin anew when nobody has asked for some seconds.
     *
     * @throws NoStreamException when nobody publishes there
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     * @throws IllegalStateException when the server has stopped, or the path does not answer
     */
    public Optional<Frame> latest(PathName path, long seen, Duration wait) throws InterruptedException {
        Natives.load(); // the first time this takes seconds, which are not the stream's fault
        if (paths.stream(path).isEmpty()) {
            throw new NoStreamException(path);
        }
        long deadlineNanos = System.nanoTime() + wait.toNanos();
        Held asked = ask(path);
        try {
            Optional<VideoFrame> newest = asked.pixels.frames().next(seen, deadlineNanos);
            return newest.map(frame -> copy(path, frame));
        } finally {
            answered(asked);
        }
    }

    private Frame copy(PathName path, VideoFrame picture) {
        try (picture) {
            return Frame.of(picture, board.in(path, picture.times().arrivalNanos(), picture.width(), picture.height()));
        }
    }

    private Held ask(PathName path) {
        Held known = known(path, null);
        if (known != null) {
            return known;
        }
        PixelSubscription opened = decoders.subscribe(path); // not under the lock: it may take seconds
        Held asked = known(path, new Held(path, opened));
        if (asked.pixels != opened) {
            opened.close(); // somebody else was faster
        }
        return asked;
    }

    /** @param otherwise what is held from now on where nothing is; may be null */
    private Held known(PathName path, Held otherwise) {
        lock.lock();
        try {
            if (closed) {
                if (otherwise != null) {
                    otherwise.pixels.close();
                }
                throw new IllegalStateException("the server has stopped");
            }
            Held found = held.get(path);
            if (found == null || found.pixels.ended()) {
                if (otherwise == null) {
                    return null;
                }
                found = otherwise;
                held.put(path, found);
                Held begun = found;
                Thread.ofVirtual().name("notecast-frames-" + path).start(() -> linger(begun));
            }
            found.asking++;
            return found;
        } finally {
            lock.unlock();
        }
    }

    private void answered(Held asked) {
        lock.lock();
        try {
            asked.asking--;
            asked.askedNanos = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void linger(Held lingering) {
        lock.lock();
        try {
            long leftNanos = LINGER_NANOS;
            while (!closed && leftNanos > 0) {
                changed.awaitNanos(leftNanos);
                leftNanos =
                        lingering.asking > 0 ? LINGER_NANOS : LINGER_NANOS - (System.nanoTime() - lingering.askedNanos);
            }
            held.remove(lingering.path, lingering);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that
        } finally {
            lock.unlock();
        }
        lingering.pixels.close();
    }

    /** Ends every wait; may be called twice. */
    @Override
    public void close() {
        List<Held> all;
        lock.lock();
        try {
            closed = true;
            all = new ArrayList<>(held.values());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        all.forEach(each -> each.pixels.close());
    }
}
