package dev.notecast.vision.cell;

import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.pipeline.PipelineException;
import dev.notecast.vision.pipeline.PipelineOptions;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.Pipelines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The pipelines of a server whose filter is code from a notebook. Any thread; calls may block for a moment. */
public final class CellFilters {
    /** How long one picture may take, unless the cell says otherwise. */
    public static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final String STEP = "cell";
    private static final int MAX_NAME = 32;

    /** What a run has done to its pipeline. */
    public enum Change {
        STARTED,
        /** Its input or another option is another one now, so viewers wait for a moment. */
        RESTARTED,
        /** Viewers see the new version from some picture on. */
        EXCHANGED
    }

    /** @param version counts the runs of this pipeline's code, from 1 */
    public record Run(String pipeline, int version, Change change) {}

    private record Known(CellFilter filter, CellSettings settings, String shownAs) {}

    private final Pipelines pipelines;
    private final LeftBehind leftBehind = new LeftBehind();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Known> filters = new HashMap<>(); // guarded by lock, as is the next
    private final Map<String, Integer> versions = new HashMap<>();

    public CellFilters(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    /** What the pipeline of a path is called. */
    public static String nameFor(String path) {
        String name = path.replaceAll("[^A-Za-z0-9_-]", "-");
        return name.substring(Math.max(0, name.length() - MAX_NAME));
    }

    /**
     * Compiles code and runs it on the pictures of a path from the next one on, in the place of the version before.
     *
     * @param evaluation evaluates what {@link CellSource#java} gives; whatever it throws is thrown, and nothing has changed
     * @throws PipelineException when too many versions hang, or as {@link Pipelines#start} has it
     */
    public Run run(CellSettings settings, Runnable evaluation, CellWatch watch) {
        requireFewLeftBehind();
        return run(settings, HandedCode.after(evaluation), watch);
    }

    /** The same with code that is compiled. */
    public Run run(CellSettings settings, CellCode code, CellWatch watch) {
        requireFewLeftBehind();
        String name = nameFor(settings.options().out().value());
        lock.lock();
        try {
            int version = versions.merge(name, 1, Integer::sum);
            Known known = filters.get(name);
            if (known != null
                    && known.settings().equals(settings)
                    && !known.filter().isClosed()
                    && filters(name).equals(Optional.of(known.shownAs()))) { // else it is about to be closed
                known.filter().run(version, code, watch);
                return new Run(name, version, Change.EXCHANGED);
            }
            CellFilter filter = new CellFilter(name, settings.deadline(), leftBehind, () -> pipelines.repeat(name));
            try {
                Change change = start(name, settings, filter);
                filter.run(version, code, watch);
                filters.values().removeIf(each -> each.filter().isClosed());
                filters.put(name, new Known(filter, settings, filters(name).orElse("")));
                return new Run(name, version, change);
            } catch (RuntimeException e) {
                filter.close();
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those of a pipeline, empty when there is none. */
    private Optional<String> filters(String name) {
        return pipelines.list().stream()
                .filter(status -> status.name().equals(name))
                .map(PipelineStatus::filters)
                .findFirst();
    }

    private void requireFewLeftBehind() {
        if (leftBehind.count() >= LeftBehind.MAX) {
            throw new PipelineException(LeftBehind.MAX + " versions that were given up still run, and Java cannot stop"
                    + " them: let their loops end (by a variable of the notebook, say), or restart the kernel");
        }
    }

    private Change start(String name, CellSettings settings, CellFilter filter) {
        FilterChain.Step step = new FilterChain.Step(STEP, filter);
        Optional<PipelineOptions> running = pipelines.list().stream()
                .filter(status -> status.name().equals(name))
                .map(PipelineStatus::options)
                .findFirst();
        if (running.equals(Optional.of(settings.options()))) {
            pipelines.set(name, settings.before(), step);
            return Change.EXCHANGED;
        }
        if (running.isPresent()) {
            pipelines.stop(name);
        }
        pipelines.start(name, settings.options(), settings.before(), step);
        return running.isPresent() ? Change.RESTARTED : Change.STARTED;
    }
}
