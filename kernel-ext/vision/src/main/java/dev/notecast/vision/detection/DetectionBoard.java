package dev.notecast.vision.detection;

import dev.notecast.media.path.PathName;
import dev.notecast.vision.filter.Detection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is found in the pictures of paths, on its way from whoever looks to whoever wants to know. Of each path the last
 * {@value #KEPT} findings are kept: a reader that is slower than that misses the oldest, and holds up nobody. Any thread.
 */
public final class DetectionBoard implements AutoCloseable {
    /** Findings of a path; two seconds of a camera. */
    public static final int KEPT = 64;

    private static final int MAX_PATHS = 1024; // with findings, or somebody who waits for some
    private static final long FORGET_NANOS = 60_000_000_000L; // after the last findings and the last reader

    /** Findings with their place among those of their path. */
    public record Entry(long sequence, Findings findings) {}

    private final Map<PathName, PathFindings> paths = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Tells everybody who waits; dropped where there are too many paths. */
    public void publish(Findings findings) {
        find(findings.path()).ifPresent(path -> path.add(findings, System.nanoTime()));
    }

    /** The same for programs outside; false when they say so much of the path's pictures that nobody can use it. */
    public boolean offer(Findings findings) {
        return find(findings.path())
                .filter(path -> path.admits(System.nanoTime()))
                .map(path -> {
                    path.add(findings, System.nanoTime());
                    return true;
                })
                .orElse(false);
    }

    /**
     * Waits for findings of a path with a number above {@code seen}: the oldest that are still kept.
     *
     * @param seen 0 takes any that is kept, {@link #newest} only later ones than now
     * @param deadlineNanos by {@link System#nanoTime()}
     * @return empty when there were none in time, or the server has stopped
     */
    public Optional<Entry> next(PathName path, long seen, long deadlineNanos) throws InterruptedException {
        Optional<PathFindings> found = closed ? Optional.empty() : find(path);
        return found.isEmpty() ? Optional.empty() : found.get().next(seen, deadlineNanos);
    }

    /** The number of a path's last findings, 0 where there are none. */
    public long newest(PathName path) {
        PathFindings found = paths.get(path);
        return found == null ? 0 : found.newest();
    }

    /** Whether somebody waits for findings of a path, or did so a moment ago: who makes them only then begins. */
    public boolean isWanted(PathName path) {
        PathFindings found = paths.get(path);
        return found != null && found.isWanted(System.nanoTime());
    }

    /** What our own pipelines have found in the picture of a path that came in then. */
    public List<Detection> in(PathName path, long arrivalNanos, int width, int height) {
        PathFindings found = paths.get(path);
        return found == null ? List.of() : found.in(arrivalNanos, width, height);
    }

    /** What programs outside have last said of a path's pictures, each of them, if that is not older. */
    public List<Findings> outside(PathName path, long maxAgeNanos) {
        PathFindings found = paths.get(path);
        return found == null ? List.of() : found.outside(maxAgeNanos, System.nanoTime());
    }

    /** Paths with findings so far, by name. */
    public List<DetectionStatus> status() {
        return paths.entrySet().stream()
                .map(entry -> entry.getValue().status(entry.getKey()))
                .filter(status -> status.findings() > 0 || status.readers() > 0)
                .sorted(Comparator.comparing(status -> status.path().value()))
                .toList();
    }

    private Optional<PathFindings> find(PathName path) {
        PathFindings known = paths.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        if (paths.size() >= MAX_PATHS) {
            long now = System.nanoTime();
            paths.values().removeIf(each -> each.isForgotten(now, FORGET_NANOS));
        }
        return paths.size() >= MAX_PATHS
                ? Optional.empty()
                : Optional.of(paths.computeIfAbsent(path, name -> new PathFindings()));
    }

    /** Whether the server has stopped. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends every wait; may be called twice. */
    @Override
    public void close() {
        closed = true;
        paths.values().forEach(PathFindings::close);
    }
}
