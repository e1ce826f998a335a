package dev.notecast.vision.pipeline;

import dev.notecast.media.frame.VideoFrame;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.FilterChain;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters of a pipeline between two exchanges, what each takes, and what went wrong with them. The pipeline's thread
 * filters; any thread looks.
 */
final class ActiveFilters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveFilters.class);

    private final String pipeline;
    private final FilterChain chain;
    private final List<RecentTimes> times;
    private volatile String problem; // null while all is well
    private volatile long failed;
    private List<Detection> detections = List.of(); // the pipeline's thread's

    /** @param chain becomes this object's */
    ActiveFilters(String pipeline, FilterChain chain) {
        this.pipeline = pipeline;
        this.chain = chain;
        times = chain.steps().stream().map(step -> new RecentTimes()).toList();
    }

    /** Whether pictures pass as they are. */
    boolean isCopy() {
        return chain.steps().isEmpty();
    }

    /**
     * Takes a picture through all filters.
     *
     * @param frame becomes this object's
     * @return the caller's; empty when a filter failed, which is remembered
     */
    Optional<VideoFrame> apply(BgrFrame frame) {
        BgrFrame current = frame;
        String name = null;
        try {
            for (int i = 0; i < chain.steps().size(); i++) {
                FilterChain.Step step = chain.steps().get(i);
                name = step.name();
                long beganNanos = System.nanoTime();
                BgrFrame filtered = step.filter().apply(current);
                if (filtered == null) {
                    throw new IllegalStateException("it gave no picture back");
                }
                current = filtered;
                long doneNanos = System.nanoTime();
                times.get(i).add(doneNanos - beganNanos, doneNanos);
            }
            detections = List.copyOf(current.detections());
        } catch (RuntimeException | OutOfMemoryError e) { // OpenCV's own exceptions come as these
            current.close();
            fail(name, e);
            return Optional.empty();
        }
        try {
            return Optional.of(current.take());
        } catch (IllegalStateException e) {
            fail(name, e);
            return Optional.empty();
        }
    }

    private void fail(String filter, Throwable cause) {
        failed++; // one thread writes
        detections = List.of();
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        if (problem == null) {
            LOG.warn("[pipeline {}] filter {} failed: pictures pass unfiltered", pipeline, filter, cause);
        }
        problem = filter + " failed: " + (line.isEmpty() ? cause.getClass().getSimpleName() : line);
    }

    /** What a filter failed with last. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** What the filters say about themselves at the moment. */
    Optional<String> note() {
        return chain.steps().stream()
                .flatMap(step -> step.filter().note().map(line -> step.name() + ": " + line).stream())
                .reduce((first, second) -> first + "; " + second);
    }

    /** Pictures that a filter failed on. */
    long failed() {
        return failed;
    }

    List<Detection> detections() {
        return detections;
    }

    Stream<StageStatus> stages(long nowNanos) {
        return Stream.iterate(0, i -> i + 1)
                .limit(times.size())
                .map(i -> Timings.status(chain.steps().get(i).name(), times.get(i), 0, nowNanos));
    }

    @Override
    public void close() {
        chain.close();
    }

    /** The filters as they were written. */
    @Override
    public String toString() {
        return chain.toString();
    }
}
