package dev.notecast.vision.pipeline;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.VideoEncoder;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.model.ModelException;
import dev.notecast.vision.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The pipelines of a server by name: each takes the pictures of one path through filters to another one. Any thread; calls
 * may block for a moment.
 */
public final class Pipelines implements AutoCloseable {
    /** More would filter nothing in time. */
    public static final int MAX_PIPELINES = 8;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final PathManager paths;
    private final PathDecoders decoders;
    private final Models models;
    private final DetectionBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Pipeline> running = new TreeMap<>(); // guarded by lock
    private final Map<String, PipelineStatus> ended = new TreeMap<>(); // by themselves; guarded by lock
    private boolean closed;

    /** In which video comes out of pipelines; the first call looks for a GPU. */
    public static Codec codec() {
        return VideoEncoder.leastEffort();
    }

    /**
     * @param models what neural filters use; the caller's, who closes them after this
     * @param board where filters' findings are told
     */
    public Pipelines(PathManager paths, PathDecoders decoders, Models models, DetectionBoard board) {
        this.paths = paths;
        this.decoders = decoders;
        this.models = models;
        this.board = board;
    }

    /**
     * Starts a pipeline. Its input may come later, go away and come back, with another size and codec; the output is
     * published while the input is.
     *
     * @param filters as {@link FilterChain#parse} takes them
     * @throws PipelineException when there is one of this name, there are too many, it would feed itself, or the output is
     *     taken
     * @throws dev.notecast.vision.filter.FilterException when a filter is not there or its parameters are wrong
     */
    public void start(String name, PipelineOptions options, String filters) {
        requireName(name);
        options.choices().forEach(choice -> parse(choice).close()); // refused now, not when somebody chooses it
        start(name, options, parse(filters));
    }

    /**
     * The same with a filter of the caller's own behind those, which becomes the pipeline's.
     *
     * @throws PipelineException as the other one; the filter is closed then, or still the caller's
     */
    public void start(String name, PipelineOptions options, String filters, FilterChain.Step last) {
        requireName(name);
        start(name, options, parse(filters).with(last));
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new PipelineException(
                    "'" + name + "' is no name of a pipeline: 1 to 32 letters, digits, '_' and '-', like 'faces'");
        }
    }

    private void start(String name, PipelineOptions options, FilterChain chain) {
        lock.lock();
        try {
            requireRoom(name, options);
            Pipeline[] made = new Pipeline[1];
            made[0] = new Pipeline(name, options, chain, paths, decoders, board, () -> forget(name, made[0]));
            running.put(name, made[0]);
            ended.remove(name);
            made[0].start();
        } catch (PipelineException e) {
            chain.close();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private FilterChain parse(String filters) {
        try {
            return FilterChain.parse(filters, models);
        } catch (CodecException | ModelException e) { // no native library, no such model
            throw new PipelineException(e.getMessage());
        }
    }

    private void requireRoom(String name, PipelineOptions options) {
        if (closed) {
            throw new PipelineException("the server has stopped");
        }
        if (running.containsKey(name)) {
            throw new PipelineException("pipeline '" + name + "' runs already: change it with '%pipeline set " + name
                    + " --filter ..' or end it with '%pipeline stop " + name + "'");
        }
        if (running.size() >= MAX_PIPELINES) {
            throw new PipelineException("there are " + MAX_PIPELINES + " pipelines already: stop one first");
        }
        running.forEach((other, pipeline) -> {
            if (pipeline.options().out().equals(options.out())) {
                throw new PipelineException(
                        "path '" + options.out() + "' is taken by pipeline '" + other + "': name another --out");
            }
        });
        if (feeds(options.out(), options.in())) {
            throw new PipelineException("a pipeline from '" + options.in() + "' to '" + options.out()
                    + "' would feed itself, as '" + options.in() + "' is made from '" + options.out() + "'");
        }
        paths.stream(options.out())
                .filter(stream -> !stream.source().isReplaceable())
                .ifPresent(stream -> {
                    throw new PipelineException(new PathTakenException(
                                    options.out(), stream.source().description())
                            .getMessage());
                });
    }

    /** Whether the pictures of one path come, through whatever pipelines, to another one. */
    private boolean feeds(PathName from, PathName to) {
        for (Pipeline pipeline : running.values()) { // there are no loops so far
            PathName out = pipeline.options().out();
            if (pipeline.options().in().equals(from) && (out.equals(to) || feeds(out, to))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Exchanges the filters of a pipeline between two pictures; viewers stay.
     *
     * @throws PipelineException when there is no such pipeline
     * @throws dev.notecast.vision.filter.FilterException when a filter is not there or its parameters are wrong
     */
    public void set(String name, String filters) {
        find(name);
        set(name, parse(filters));
    }

    /** The same with a filter of the caller's own behind those; see {@link #start}. */
    public void set(String name, String filters, FilterChain.Step last) {
        find(name);
        set(name, parse(filters).with(last));
    }

    private void set(String name, FilterChain chain) {
        Pipeline found;
        try {
            found = find(name);
        } catch (PipelineException e) {
            chain.close();
            throw e;
        }
        found.set(chain);
    }

    /** Filters the newest picture of a pipeline once more; does nothing where there is no such pipeline. */
    public void repeat(String name) {
        lock.lock();
        try {
            Pipeline found = running.get(name);
            if (found != null) {
                found.repeat();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a pipeline; viewers of its output wait for another publisher. One that has ended by itself is forgotten.
     *
     * @throws PipelineException when there is no such pipeline
     */
    public void stop(String name) {
        lock.lock();
        try {
            if (ended.remove(name) != null) {
                return;
            }
        } finally {
            lock.unlock();
        }
        Pipeline found = find(name);
        found.close();
        forget(name, found);
    }

    /** Every pipeline, by name; after them those that have ended by themselves, until their name is used again. */
    public List<PipelineStatus> list() {
        List<PipelineStatus> all =
                new ArrayList<>(running().stream().map(Pipeline::status).toList());
        lock.lock();
        try {
            all.addAll(ended.values());
        } finally {
            lock.unlock();
        }
        return all;
    }

    /** @throws PipelineException when there is no such pipeline */
    public PipelineStatus status(String name) {
        return find(name).status();
    }

    private Pipeline find(String name) {
        lock.lock();
        try {
            Pipeline found = running.get(name);
            if (found == null && ended.containsKey(name)) {
                throw new PipelineException("pipeline '" + name + "' has "
                        + ended.get(name).problem().orElseThrow());
            }
            if (found == null) {
                throw PipelineException.unknown(name, List.copyOf(running.keySet()));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private List<Pipeline> running() {
        lock.lock();
        try {
            return List.copyOf(running.values());
        } finally {
            lock.unlock();
        }
    }

    private void forget(String name, Pipeline pipeline) {
        lock.lock();
        try {
            PipelineStatus last = pipeline.status();
            if (running.remove(name, pipeline) && last.state() == PipelineState.ENDED) {
                if (ended.size() >= MAX_PIPELINES) {
                    ended.remove(ended.keySet().iterator().next());
                }
                ended.put(name, last);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all; may be called twice. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        List<Pipeline> ending = running();
        ending.forEach(Pipeline::end);
        ending.forEach(Pipeline::close);
    }
}
