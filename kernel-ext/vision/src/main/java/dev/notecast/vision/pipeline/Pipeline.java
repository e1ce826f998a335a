package dev.notecast.vision.pipeline;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathFullException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.media.stream.Stream;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.FilterChain;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the pictures of one path through filters to another one, on a thread of its own. The output is published while
 * the input is. Pictures are decoded and filtered only while somebody takes them; the newest one waits while another is
 * filtered, and is replaced by a newer one.
 */
final class Pipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final long LOOK_NANOS = 100_000_000; // for an input, for viewers
    private static final long LINGER_NANOS = 5_000_000_000L; // after the last viewer, who may come again
    private static final long RETRY_NANOS = 1_000_000_000; // of what could not be done
    private static final long UNPUBLISH_NANOS = 1_000_000_000;
    private static final long STOP_MILLIS = 5_000; // the slowest filter on a busy machine, many times

    private final String name;
    private final PipelineOptions options;
    private final PathManager paths;
    private final Runnable onEnd;
    private final PipelineReader reader;
    private final InputPictures pictures;
    private final FilterInput input;
    private final Announcer announcer;
    private final Timings timings = new Timings();
    private final Thread thread;
    private final AtomicReference<ActiveFilters> next = new AtomicReference<>();
    private volatile ActiveFilters filters;
    private volatile String chosen; // the filters as they were written, from now or the next picture on
    private volatile boolean repeats;
    private volatile boolean closed;
    private volatile String ending; // why it ends, where its owner has not ended it; null else

    // written by the thread, read by any
    private volatile PipelineToStream output;
    private volatile PipelineState state = PipelineState.WAITING;
    private volatile String problem; // null while there is none
    private volatile String note;
    private volatile int width;
    private volatile int height;
    private volatile long frames;
    private volatile long unfiltered;
    private volatile long droppedBefore; // by outputs that have ended

    // the thread's
    private boolean joined;
    private boolean wanted; // once
    private long wantedNanos;

    /** @param onEnd called once, on the pipeline's thread, when it has ended in whatever way */
    Pipeline(
            String name,
            PipelineOptions options,
            FilterChain chain,
            PathManager paths,
            PathDecoders decoders,
            DetectionBoard board,
            Runnable onEnd) {
        this.name = name;
        this.options = options;
        this.paths = paths;
        this.onEnd = onEnd;
        chosen = chain.toString();
        filters = new ActiveFilters(name, chain);
        reader = new PipelineReader(name, this::wake);
        pictures = new InputPictures(decoders, options);
        input = new FilterInput(options.maxWidth());
        announcer = new Announcer(board, name, options);
        announcer.connect(chain);
        thread = Natives.platformThread("notecast-pipeline-" + name, this::run);
    }

    void start() {
        thread.start();
    }

    PipelineOptions options() {
        return options;
    }

    /** Exchanges the filters before the next picture; {@code chain} becomes this object's. */
    void set(FilterChain chain) {
        announcer.connect(chain);
        chosen = chain.toString();
        ActiveFilters before = next.getAndSet(new ActiveFilters(name, chain));
        if (before != null) {
            before.close();
        }
        wake();
        if (closed) {
            closeUnused(); // the thread may not look at them any more
        }
    }

    /** Filters the newest picture once more, as a filter has changed and the input may stand still. Any thread. */
    void repeat() {
        repeats = true;
        wake();
    }

    private void run() {
        try {
            while (!closed) {
                step();
            }
        } catch (RuntimeException | OutOfMemoryError e) { // native memory has run out, or a bug of ours
            LOG.error("[pipeline {}] ended", name, e);
            ending = "an internal error, see the log";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            endOutput();
            paths.removeReader(options.in(), reader);
            filters.close();
            closeUnused();
            if (ending != null) {
                LOG.warn("[pipeline {}] ended: {}", name, ending);
                problem = "ended: " + ending;
                state = PipelineState.ENDED;
            }
            onEnd.run();
        }
    }

    private void closeUnused() {
        ActiveFilters unused = next.getAndSet(null);
        if (unused != null) {
            unused.close();
        }
    }

    private void step() throws InterruptedException {
        exchangeFilters();
        Stream stream = reader.stream();
        if (output != null && output.input() != stream) {
            endOutput();
        }
        if (!joined || reader.pathGone()) {
            join();
        } else if (stream == null) {
            rest(PipelineState.WAITING, null, LOOK_NANOS);
        } else if (output == null) {
            open(stream);
        } else if (!isWanted()) {
            pictures.close();
            output.pause();
            rest(PipelineState.IDLE, null, LOOK_NANOS);
        } else {
            filterNext();
        }
    }

    private void exchangeFilters() {
        ActiveFilters newer = next.getAndSet(null);
        if (newer != null) {
            filters.close();
            filters = newer;
            pictures.repeat();
        }
        if (repeats) {
            repeats = false;
            pictures.repeat();
        }
    }

    /** Becomes a reader of the input as soon as somebody publishes there, and stays one. */
    private void join() {
        if (paths.stream(options.in()).isEmpty()) {
            rest(PipelineState.WAITING, null, LOOK_NANOS);
            return;
        }
        try {
            paths.addReader(options.in(), reader);
            joined = true;
        } catch (NoStreamException e) {
            rest(PipelineState.WAITING, null, LOOK_NANOS);
        } catch (PathFullException | IllegalStateException e) {
            rest(PipelineState.BLOCKED, e.getMessage(), RETRY_NANOS);
        }
    }

    private void open(Stream stream) {
        boolean hasPictures = stream.source().pictures().isPresent()
                || stream.tracks().stream().anyMatch(track -> track.kind() == MediaKind.VIDEO);
        if (!hasPictures) {
            rest(PipelineState.BLOCKED, "path '" + options.in() + "' has no video", RETRY_NANOS);
            return;
        }
        PipelineToStream opened = new PipelineToStream(name, stream, this::wake, this::lost);
        try {
            opened.publish(paths, options.out(), timings::encoded);
        } catch (PathTakenException | IllegalStateException e) {
            rest(PipelineState.BLOCKED, e.getMessage(), RETRY_NANOS);
            return;
        }
        output = opened;
        reader.output(opened);
        problem = null;
    }

    private boolean isWanted() {
        long now = System.nanoTime();
        if (output.isWatched() || announcer.isWanted()) {
            wanted = true;
            wantedNanos = now;
        }
        wanted &= now - wantedNanos < LINGER_NANOS;
        return wanted;
    }

    private void filterNext() throws InterruptedException {
        try {
            pictures.open();
        } catch (NoStreamException e) {
            rest(PipelineState.WAITING, null, LOOK_NANOS); // it has just gone
            return;
        } catch (CodecException | IllegalStateException e) {
            rest(PipelineState.BLOCKED, e.getMessage(), RETRY_NANOS);
            return;
        }
        Optional<VideoFrame> decoded = pictures.next(System.nanoTime() + LOOK_NANOS);
        if (decoded.isPresent()) {
            try (VideoFrame frame = decoded.get()) {
                take(frame);
            }
        }
    }

    private void take(VideoFrame frame) {
        state = PipelineState.RUNNING;
        problem = null;
        timings.taken(frame.times(), System.nanoTime());
        try (VideoFrame fitting = input.fit(frame)) {
            note = fitting.width() == frame.width()
                    ? null
                    : "%dx%d is scaled to %dx%d (--width)"
                            .formatted(frame.width(), frame.height(), fitting.width(), fitting.height());
            show(fitting);
        }
    }

    private void show(VideoFrame fitting) {
        try (VideoFrame filtered = filters.isCopy() ? fitting.retain() : filter(fitting)) {
            long nowNanos = System.nanoTime();
            timings.filtered(filtered.times(), nowNanos);
            width = filtered.width();
            height = filtered.height();
            frames++;
            announcer.tell(filtered, filters.detections());
            try (VideoFrame numbered =
                    filtered.withNumber(frames, filtered.times().converted(nowNanos))) {
                output.put(numbered);
            }
        }
    }

    /** The filtered picture, or as it came when a filter fails. */
    private VideoFrame filter(VideoFrame fitting) {
        long beganNanos = System.nanoTime();
        BgrFrame bgr = input.bgr(fitting);
        long doneNanos = System.nanoTime();
        timings.converted(doneNanos - beganNanos, doneNanos);
        Optional<VideoFrame> filtered = filters.apply(bgr);
        if (filtered.isEmpty()) {
            unfiltered++;
        }
        return filtered.orElseGet(fitting::retain);
    }

    private void rest(PipelineState why, String what, long nanos) {
        state = why;
        problem = what;
        LockSupport.parkNanos(this, nanos);
    }

    private void endOutput() {
        PipelineToStream ended = output;
        if (ended != null) {
            reader.output(null);
            output = null;
            droppedBefore += ended.dropped();
            paths.unpublish(options.out(), ended);
            ended.end();
        }
        pictures.close();
    }

    private void wake() {
        LockSupport.unpark(thread);
        pictures.wake();
    }

    /** Its output was taken from it. */
    private void lost(String reason) {
        if (!closed) {
            ending = reason + " ('" + options.out() + "')";
            end();
        }
    }

    /** Asks it to end, from any thread, and does not wait. */
    void end() {
        closed = true;
        wake();
    }

    /** Ends it and waits until its thread has; may be called twice. */
    @Override
    public void close() {
        PipelineToStream last = output;
        end();
        try {
            thread.join(STOP_MILLIS);
            awaitUnpublished(last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The path does what it is told when it comes to it; the next pipeline may want it at once. */
    private void awaitUnpublished(PipelineToStream last) throws InterruptedException {
        long deadline = System.nanoTime() + UNPUBLISH_NANOS;
        while (last != null
                && System.nanoTime() < deadline
                && paths.stream(options.out())
                        .filter(stream -> stream.source() == last)
                        .isPresent()) {
            Thread.sleep(1);
        }
    }

    PipelineStatus status() {
        long nowNanos = System.nanoTime();
        PipelineToStream to = output;
        ActiveFilters active = filters;
        long leftOut = pictures.leftOut();
        long notEncoded = droppedBefore + (to == null ? 0 : to.dropped());
        return new PipelineStatus(
                name,
                options,
                chosen,
                state,
                width,
                height,
                timings.fps(nowNanos),
                frames,
                unfiltered,
                leftOut + notEncoded,
                note(active),
                Optional.ofNullable(problem).or(active::problem),
                timings.stages(active, leftOut, notEncoded, nowNanos),
                announcer.newest());
    }

    private Optional<String> note(ActiveFilters active) {
        String own = note;
        Optional<String> theirs = active.note();
        return own == null
                ? theirs
                : Optional.of(own + theirs.map(line -> "; " + line).orElse(""));
    }
}
