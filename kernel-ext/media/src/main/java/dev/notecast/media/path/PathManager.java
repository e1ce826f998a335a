package dev.notecast.media.path;

import dev.notecast.media.stream.Reader;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every path of the server by name. Joining blocks for a moment, which is not for event loops; leaving never does. */
public final class PathManager implements AutoCloseable {
    private static final Duration REPLY_DEADLINE = Duration.ofSeconds(5);
    private static final int MAX_PATHS = 10_000; // a table that strangers can grow

    private final ConcurrentHashMap<PathName, Path> paths = new ConcurrentHashMap<>();
    private final PathRules rules;
    private volatile boolean closed;

    public PathManager() {
        this(PathRules.DEFAULT);
    }

    public PathManager(PathRules rules) {
        this.rules = rules;
    }

    /**
     * Starts a stream on a path.
     *
     * @throws PathTakenException when somebody publishes there already
     * @throws IllegalStateException when too many wait for the path, or the server has stopped
     */
    public Stream publish(PathName name, Source source, List<Track> tracks) {
        return ask(name, true, path -> path.publish(source, tracks), path -> path.unpublish(source));
    }

    /** Ends what {@code source} publishes; does nothing when it does not. */
    public void unpublish(PathName name, Source source) {
        find(name).ifPresent(path -> path.unpublish(source));
    }

    /**
     * Adds a reader to a path with a stream; the reader's {@code streamStarted} has been called when this returns.
     *
     * @throws NoStreamException when nobody publishes there
     * @throws PathFullException when no more readers are allowed
     * @throws IllegalStateException when too many wait for the path
     */
    public void addReader(PathName name, Reader reader) {
        ask(name, false, path -> path.addReader(reader), path -> path.removeReader(reader));
    }

    public void removeReader(PathName name, Reader reader) {
        find(name).ifPresent(path -> path.removeReader(reader));
    }

    public Optional<Stream> stream(PathName name) {
        return find(name).flatMap(Path::stream);
    }

    /** The paths as they are now, by name. */
    public List<PathInfo> list() {
        return paths.values().stream()
                .map(Path::info)
                .sorted(Comparator.comparing(info -> info.name().value()))
                .toList();
    }

    /** Ends every stream and reader; may be called twice. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<?>[] ends = paths.values().stream().map(Path::close).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(REPLY_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a path did not end within " + REPLY_DEADLINE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Path> find(PathName name) {
        return Optional.ofNullable(paths.get(name));
    }

    /** @param undo for a command that is carried out after its caller has given up waiting */
    private <T> T ask(
            PathName name, boolean create, Function<Path, CompletableFuture<T>> command, Consumer<Path> undo) {
        long deadline = System.nanoTime() + REPLY_DEADLINE.toNanos();
        while (true) {
            Path path = create ? pathFor(name) : find(name).orElseThrow(() -> new NoStreamException(name));
            try {
                return command.apply(path).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (Path.PathGoneException e) {
                paths.remove(name, path);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Path.PathGoneException)) {
                    throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                }
                paths.remove(name, path);
            } catch (TimeoutException e) {
                undo.accept(path);
                throw new IllegalStateException("path '" + name + "' did not answer in time", e);
            } catch (InterruptedException e) {
                undo.accept(path);
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for path '" + name + "'", e);
            }
        }
    }

    private Path pathFor(PathName name) {
        if (closed) {
            throw new IllegalStateException("the server has stopped");
        }
        if (paths.size() >= MAX_PATHS && !paths.containsKey(name)) {
            throw new IllegalStateException("more than " + MAX_PATHS + " paths: stop some streams first");
        }
        Path path = paths.computeIfAbsent(name, key -> {
            Path[] made = new Path[1];
            made[0] = new Path(key, rules, () -> paths.remove(key, made[0]));
            return made[0];
        });
        if (closed) {
            path.close(); // it may have come after the others were ended
        }
        return path;
    }
}
