package dev.notecast.media.codec;

import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Stream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The decoders of all paths. A path is decoded while somebody holds a subscription to its pixels, once for all of them.
 * Calls may block for a moment: not for event loops.
 */
public final class PathDecoders implements AutoCloseable {
    private static final int MAX_DECODERS = 16; // each has a thread, and more would decode nothing in time

    private record Running(PathDecoder decoder, Set<PixelSubscription> subscriptions) {}

    private record Count(Stream stream, LongAdder frames) {}

    private final PathManager paths;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PathName, Running> running = new HashMap<>(); // guarded by lock
    private final Map<PathName, Count> counts = new ConcurrentHashMap<>();
    private boolean closed;

    public PathDecoders(PathManager paths) {
        this.paths = paths;
    }

    /**
     * Needs the pixels of a path from now on; the first subscription starts its decoder.
     *
     * @throws NoStreamException when nobody publishes there
     * @throws CodecException when too many paths are decoded already, or this has been closed
     */
    public PixelSubscription subscribe(PathName path) {
        lock.lock();
        try {
            if (closed) {
                throw new CodecException("the server has stopped");
            }
            Running shared = running.get(path);
            if (shared == null || shared.decoder().ended()) {
                shared = start(path);
            } else if (paths.stream(path).isEmpty()) {
                throw new NoStreamException(path);
            }
            Running holder = shared;
            PixelSubscription[] made = new PixelSubscription[1];
            made[0] = new PixelSubscription(holder.decoder(), () -> leave(path, holder, made[0]));
            holder.subscriptions().add(made[0]);
            holder.decoder().addSlot(made[0].frames());
            return made[0];
        } finally {
            lock.unlock();
        }
    }

    /** Frames decoded since the path's stream began; 0 when nobody needed pixels. */
    public long decodedFrames(PathName path) {
        Count count = counts.get(path);
        boolean current = count != null
                && paths.stream(path).filter(stream -> stream == count.stream()).isPresent();
        return current ? count.frames().sum() : 0;
    }

    private Running start(PathName path) {
        if (running.size() >= MAX_DECODERS && !running.containsKey(path)) {
            throw new CodecException("more than " + MAX_DECODERS + " paths would be decoded: close some viewers first");
        }
        counts.keySet().removeIf(name -> paths.stream(name).isEmpty());
        PathDecoder decoder = new PathDecoder(path, stream -> counter(path, stream));
        try {
            paths.addReader(path, decoder);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
        Running started = new Running(decoder, new HashSet<>());
        running.put(path, started);
        return started;
    }

    private LongAdder counter(PathName path, Stream stream) {
        return counts.compute(
                        path,
                        (name, before) -> before != null && before.stream() == stream
                                ? before
                                : new Count(stream, new LongAdder()))
                .frames();
    }

    private void leave(PathName path, Running shared, PixelSubscription subscription) {
        lock.lock();
        try {
            shared.decoder().removeSlot(subscription.frames());
            if (shared.subscriptions().remove(subscription)
                    && shared.subscriptions().isEmpty()) {
                running.remove(path, shared);
                paths.removeReader(path, shared.decoder());
                shared.decoder().close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes every subscription; may be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            running.values().stream()
                    .flatMap(shared -> shared.subscriptions().stream())
                    .toList()
                    .forEach(PixelSubscription::close);
        } finally {
            lock.unlock();
        }
    }
}
