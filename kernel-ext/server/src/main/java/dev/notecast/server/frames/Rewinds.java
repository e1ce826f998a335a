package dev.notecast.server.frames;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.egress.mjpeg.MjpegServer;
import dev.notecast.media.egress.mjpeg.MjpegWatch;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.frame.Frames;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last seconds of paths, for who wants to look back. Nothing is kept of a path until somebody asks for it; from then
 * on its pictures are kept as JPEGs in memory, until nobody has asked for ten minutes. Any thread.
 */
public final class Rewinds implements AutoCloseable {
    /** What is kept where nobody has said how much. */
    public static final Duration STANDARD_SPAN = Duration.ofSeconds(30);

    /** More is a recording. */
    public static final Duration MAX_SPAN = Duration.ofSeconds(60);

    /** Of one path; a minute of 720p, ten seconds of large and sharp pictures. */
    public static final long MAX_BYTES = 64L << 20;

    private static final int MAX_PATHS = 4;
    private static final int FPS = 30;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final long LOOK_NANOS = 1_000_000_000;

    private final PathManager paths;
    private final MjpegServer pictures;
    private final DetectionBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<PathName, Kept> rings = new HashMap<>(); // guarded by lock
    private boolean closed;

    /** A ring that is being filled; what changes is guarded by the lock. */
    private static final class Kept {
        final RewindRing ring;
        final MjpegWatch watch;
        final long begunNanos = System.nanoTime();
        long askedNanos = begunNanos;
        boolean dropped;

        Kept(RewindRing ring, MjpegWatch watch) {
            this.ring = ring;
            this.watch = watch;
        }
    }

    public Rewinds(PathManager paths, MjpegServer pictures, DetectionBoard board) {
        this.paths = paths;
        this.pictures = pictures;
        this.board = board;
    }

    /**
     * The pictures of the last seconds, and the newest one in any case. The first call has only that one, and begins to
     * keep what comes.
     *
     * @param wait for the first picture, where there is none yet
     * @return empty, when none came in time
     * @throws NoStreamException when nobody publishes there
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     * @throws IllegalStateException when so many paths are kept already, or the server has stopped
     */
    public Frames last(PathName path, Duration span, Duration wait) throws InterruptedException {
        Kept kept = find(path);
        if (kept == null) {
            kept = begin(path, span.compareTo(STANDARD_SPAN) > 0 ? limited(span) : STANDARD_SPAN);
        }
        kept.ring.awaitFirst(wait);
        long nowNanos = System.nanoTime();
        Frames frames = Frames.of(kept.ring.last(span, nowNanos));
        return frames.withNote(note(kept, span, Duration.ofNanos(nowNanos - kept.begunNanos)));
    }

    private static String note(Kept kept, Duration asked, Duration age) {
        if (asked.compareTo(kept.ring.span()) > 0) {
            return "no more than the last " + kept.ring.span().toMillis() / 1000.0 + " s are kept of this path";
        }
        if (asked.compareTo(age) > 0) {
            return "pictures are kept since " + Math.max(0, age.toSeconds()) + " s ago, when they were first asked for";
        }
        return kept.ring.isFull()
                ? "the pictures of this path are so large that " + (MAX_BYTES >> 20) + " MB hold no more"
                : "";
    }

    /**
     * Keeps so much of a path from now on.
     *
     * @param span {@link #MAX_SPAN} at most
     * @throws NoStreamException when nobody publishes there
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     * @throws IllegalStateException when so many paths are kept already, or the server has stopped
     */
    public void keep(PathName path, Duration span) {
        Kept kept = find(path);
        if (kept == null) {
            begin(path, limited(span));
        } else {
            kept.ring.span(limited(span));
        }
    }

    private static Duration limited(Duration span) {
        return span.compareTo(MAX_SPAN) > 0 ? MAX_SPAN : span;
    }

    /** Whether anything is kept of a path. */
    public boolean isKept(PathName path) {
        lock.lock();
        try {
            Kept found = rings.get(path);
            return found != null && !found.ring.isOver();
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is kept of a path; false when nothing was. */
    public boolean drop(PathName path) {
        lock.lock();
        try {
            Kept found = rings.remove(path);
            if (found != null) {
                found.dropped = true;
                changed.signalAll();
            }
            return found != null;
        } finally {
            lock.unlock();
        }
    }

    /** What is kept now, by path. */
    public List<RewindStatus> status() {
        lock.lock();
        try {
            return rings.entrySet().stream()
                    .map(entry -> new RewindStatus(
                            entry.getKey(),
                            entry.getValue().ring.span(),
                            entry.getValue().ring.size(),
                            entry.getValue().ring.bytes()))
                    .sorted(Comparator.comparing(status -> status.path().value()))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Null when nothing is kept of the path. */
    private Kept find(PathName path) {
        if (paths.stream(path).isEmpty()) {
            throw new NoStreamException(path);
        }
        lock.lock();
        try {
            Kept found = rings.get(path);
            if (found == null || found.ring.isOver()) {
                return null;
            }
            found.askedNanos = System.nanoTime();
            return found;
        } finally {
            lock.unlock();
        }
    }

    private Kept begin(PathName path, Duration span) {
        requireRoom(path);
        Natives.load();
        RewindRing ring = new RewindRing(path, board, span, MAX_BYTES);
        // full size and the standard quality, which most viewers ask for: made once for all; not under the lock
        MjpegWatch watch = pictures.watch(path, new JpegOptions(0, JpegOptions.DEFAULT.quality(), FPS), ring);
        Kept begun = new Kept(ring, watch);
        Optional<Kept> before;
        lock.lock();
        try {
            before = Optional.ofNullable(rings.get(path)).filter(each -> !each.ring.isOver());
            if (closed || before.isPresent()) {
                begun.dropped = true;
            } else {
                rings.put(path, begun);
            }
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("notecast-rewind-" + path).start(() -> look(path, begun));
        return before.orElse(begun);
    }

    private void requireRoom(PathName path) {
        lock.lock();
        try {
            if (!rings.containsKey(path) && rings.size() >= MAX_PATHS) {
                List<String> names =
                        rings.keySet().stream().map(PathName::value).sorted().toList();
                throw new IllegalStateException("the last seconds of " + MAX_PATHS + " paths are kept already ("
                        + String.join(", ", names) + "): end one with Notecast.path(\"" + names.getFirst()
                        + "\").rewind(Duration.ZERO)");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what gets old, and all of it when it is not wanted any more. */
    private void look(PathName path, Kept kept) {
        lock.lock();
        try {
            while (!closed && !kept.dropped && !kept.ring.isOver() && !isIdle(kept)) {
                changed.awaitNanos(LOOK_NANOS);
                kept.ring.dropOld(System.nanoTime());
            }
            rings.remove(path, kept);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that
        } finally {
            lock.unlock();
        }
        kept.ring.ended();
        kept.watch.close();
    }

    private static boolean isIdle(Kept kept) {
        return System.nanoTime() - kept.askedNanos > IDLE.toNanos();
    }

    /** Drops everything; may be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            rings.values().forEach(kept -> kept.ring.ended());
            rings.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
