package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Opens JPEG readers on paths; readers of one path share one decoder, those with equal options one encoding too. */
public final class MjpegServer implements AutoCloseable {
    private static final int ENCODER_THREADS = 2; // 720p takes 1.5 ms a picture
    private static final int MAX_READERS = 500;
    private static final int MAX_SIZES_PER_PATH = 8; // each is encoded for itself

    /** Readers with equal keys share their JPEGs. */
    private record Key(PathName path, int width, int quality) {}

    private record Group(SharedJpeg jpeg, Set<PathMjpegReader> readers) {}

    private final PathDecoders decoders;
    private final ExecutorService encoders;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Group> groups = new HashMap<>(); // guarded by lock
    private boolean closed;

    public MjpegServer(PathManager paths) {
        decoders = new PathDecoders(paths);
        AtomicInteger number = new AtomicInteger();
        encoders = Executors.newFixedThreadPool(
                ENCODER_THREADS,
                work -> Natives.platformThread("notecast-decode-jpeg-" + number.incrementAndGet(), work));
    }

    /**
     * Opens a reader; the path's decoder starts with the first.
     *
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     * @throws IllegalStateException when there are too many readers or too many sizes, or the server has stopped
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     */
    public MjpegReader open(PathName path, JpegOptions options) {
        Key key = new Key(path, options.width(), options.quality());
        lock.lock();
        try {
            refuseTooMuch(key);
            PixelSubscription pixels = decoders.subscribe(path);
            Group group = groups.computeIfAbsent(
                    key, absent -> new Group(new SharedJpeg(key.width(), key.quality(), encoders), new HashSet<>()));
            PathMjpegReader[] made = new PathMjpegReader[1];
            made[0] = new PathMjpegReader(path, pixels, group.jpeg(), options.fps(), () -> leave(key, group, made[0]));
            group.readers().add(made[0]);
            return made[0];
        } finally {
            lock.unlock();
        }
    }

    /** Frames decoded on a path since its stream began; 0 when nobody ever needed pixels. */
    public long decodedFrames(PathName path) {
        return decoders.decodedFrames(path);
    }

    private void refuseTooMuch(Key key) {
        if (closed) {
            throw new IllegalStateException("the server has stopped");
        }
        if (groups.values().stream().mapToInt(group -> group.readers().size()).sum() >= MAX_READERS) {
            throw new IllegalStateException("more than " + MAX_READERS + " MJPEG viewers: close some first");
        }
        long sizes = groups.keySet().stream()
                .filter(other -> other.path().equals(key.path()))
                .count();
        if (sizes >= MAX_SIZES_PER_PATH && !groups.containsKey(key)) {
            throw new IllegalStateException("path '" + key.path() + "' is shown in " + MAX_SIZES_PER_PATH
                    + " sizes and qualities already: use one of them or close some viewers");
        }
    }

    private void leave(Key key, Group group, PathMjpegReader reader) {
        lock.lock();
        try {
            group.readers().remove(reader);
            if (group.readers().isEmpty()) {
                groups.remove(key, group);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes every reader and ends the threads; may be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            groups.values().stream()
                    .flatMap(group -> group.readers().stream())
                    .toList()
                    .forEach(PathMjpegReader::stop);
        } finally {
            lock.unlock();
        }
        decoders.close();
        encoders.shutdown();
    }
}
