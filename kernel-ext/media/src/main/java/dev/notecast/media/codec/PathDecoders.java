package dev.notecast.media.codec;

import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Stream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The decoders of all paths. A path is decoded while somebody holds a subscription to its pixels, once for all of them.
 * Calls may block for a moment: not for event loops.
 */
public final class PathDecoders implements AutoCloseable {
    private static final int MAX_DECODERS = 16; // each has a thread, and more would decode nothing in time

    /** @param joined done when the path has it as a reader */
    private record Running(PathDecoder decoder, Set<PixelSubscription> subscriptions, CompletableFuture<Void> joined) {}

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
        Running shared;
        boolean first;
        PixelSubscription made;
        lock.lock();
        try {
            if (closed) {
                throw new CodecException("the server has stopped");
            }
            shared = running.get(path);
            first = shared == null || shared.decoder().ended();
            if (first) {
                shared = start(path);
            } else if (paths.stream(path).isEmpty()) {
                throw new NoStreamException(path);
            }
            made = subscription(path, shared);
        } finally {
            lock.unlock();
        }
        join(path, shared, first, made);
        return made;
    }

    private PixelSubscription subscription(PathName path, Running shared) {
        PixelSubscription[] made = new PixelSubscription[1];
        made[0] = new PixelSubscription(shared.decoder(), () -> leave(path, shared, made[0]));
        shared.subscriptions().add(made[0]);
        shared.decoder().addSlot(made[0].frames());
        return made[0];
    }

    /** Not under the lock, which is for all paths: this one may take seconds to answer. */
    private void join(PathName path, Running shared, boolean first, PixelSubscription made) {
        try {
            if (first) {
                addReader(path, shared);
            } else {
                shared.joined().join();
            }
        } catch (CompletionException e) {
            made.close();
            throw e.getCause() instanceof RuntimeException known ? known : e;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private void addReader(PathName path, Running shared) {
        try {
            paths.addReader(path, shared.decoder());
        } catch (RuntimeException e) {
            shared.joined().completeExceptionally(e);
            forget(path, shared); // whoever comes next tries again
            throw e;
        }
        shared.joined().complete(null);
        if (shared.subscriptions().isEmpty()) {
            paths.removeReader(path, shared.decoder()); // all were closed meanwhile, before it was a reader
        }
    }

    private void forget(PathName path, Running shared) {
        lock.lock();
        try {
            running.computeIfPresent(path, (name, current) -> current == shared ? null : current);
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
        Running started = new Running(decoder, ConcurrentHashMap.newKeySet(), new CompletableFuture<>());
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
                forget(path, shared);
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
