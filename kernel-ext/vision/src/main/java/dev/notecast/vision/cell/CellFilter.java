package dev.notecast.vision.cell;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.frame.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of a cell's code as one filter. A new version gets pictures beside the current one until its first is
 * ready, and then takes its place; the one that it replaces waits to take over again. A version that throws is out. One
 * that is late is waited for a while, then the last good one is shown, and after the deadline it is out too.
 */
final class CellFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(CellFilter.class);
    static final long FIRST_PATIENCE_NANOS = 50_000_000; // while the version before is there to be shown
    private static final long PATIENCE_NANOS = 1_000_000_000; // with a version that has been good
    private static final int USUAL_TIMES = 4; // as long as usual is no reason to give up waiting
    private static final int POOLED_FRAMES = 4;

    private final String pipeline;
    private final long deadlineNanos;
    private final LeftBehind leftBehind;
    private final Runnable again;
    private final FramePool pool = new FramePool(POOLED_FRAMES); // for pictures of another size
    private final AtomicReference<CellVersion> newest = new AtomicReference<>(); // of those without a picture so far
    private final AtomicReference<CellVersion> untried = new AtomicReference<>(); // the one before it
    private volatile CellFailure failure; // until another version is live
    private volatile boolean closed;

    // the pipeline's thread's
    private CellVersion candidate; // has shown nothing yet
    private CellVersion current;
    private CellVersion previous; // was good until it was replaced
    private long usualNanos; // of the current version

    /** @param again asks for the newest picture once more, as the input may stand still; any thread, must not block */
    CellFilter(String pipeline, Duration deadline, LeftBehind leftBehind, Runnable again) {
        this.pipeline = pipeline;
        deadlineNanos = deadline.toNanos();
        this.leftBehind = leftBehind;
        this.again = again;
    }

    /** Takes another version from the next picture on. Any thread. */
    void run(int number, CellCode code, CellWatch watch) {
        CellVersion before = newest.getAndSet(new CellVersion(pipeline, number, code, watch, again));
        if (before != null) {
            endUnused(untried.getAndSet(before));
        }
        if (closed) {
            endUntried();
        }
        again.run();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Optional<String> note() {
        return Optional.ofNullable(failure).map(known -> "version " + known.version() + " was given up: " + known);
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        CellVersion newer = newest.getAndSet(null);
        if (newer != null) {
            end(candidate);
            candidate = newer;
            CellVersion older = untried.getAndSet(null);
            if (current == null) {
                current = older; // better than none, should the newest fail
            } else {
                endUnused(older);
            }
        }
        Frame picture = Frame.of(frame.picture(), frame.detections());
        Picture made = null;
        for (CellVersion version : versions()) {
            made = ask(version, picture);
            if (made != null) {
                break;
            }
        }
        BgrFrame shown = made == null ? frame : show(made, frame);
        CellFailure known = failure;
        if (known != null) {
            FailureLine.draw(known, shown.mat());
        }
        return shown;
    }

    /** In the order in which their pictures are shown. */
    private List<CellVersion> versions() {
        List<CellVersion> versions = new ArrayList<>(3);
        for (CellVersion version : new CellVersion[] {candidate, current, previous}) {
            if (version != null) {
                versions.add(version);
            }
        }
        return versions;
    }

    /** What a version makes of a picture; null when it is late or out. */
    private Picture ask(CellVersion version, Frame picture) {
        boolean waitsAlready = isStoodInFor(version) && version.busyNanos() > 0; // the picture before had its wait
        version.offer(picture);
        long deadline = System.nanoTime() + (waitsAlready ? 0 : patienceNanos(version));
        while (true) {
            Optional<CellVersion.Outcome> outcome = version.await(Math.max(0, deadline - System.nanoTime()));
            if (outcome.isEmpty()) {
                if (version.busyNanos() > deadlineNanos) {
                    giveUp(version, CellFailure.late(version, deadlineNanos, without(version)));
                }
                return null;
            }
            switch (outcome.get()) {
                case CellVersion.Outcome.Threw threw -> {
                    giveUp(version, CellFailure.threw(version, threw.cause(), without(version)));
                    return null;
                }
                case CellVersion.Outcome.Made made -> {
                    isGood(version, made.tookNanos());
                    if (made.from() == picture) {
                        return made.picture();
                    }
                    version.offer(picture); // it was late, and what it made has been overtaken
                    deadline = System.nanoTime() + patienceNanos(version);
                }
            }
        }
    }

    /** Else nothing but unfiltered pictures could be shown instead, which nobody wants to see. */
    private boolean isStoodInFor(CellVersion version) {
        return version == candidate && current != null;
    }

    private long patienceNanos(CellVersion version) {
        if (isStoodInFor(version)) {
            return Math.min(deadlineNanos, FIRST_PATIENCE_NANOS);
        }
        return Math.min(deadlineNanos, Math.max(PATIENCE_NANOS, USUAL_TIMES * usualNanos));
    }

    private void isGood(CellVersion version, long tookNanos) {
        if (version == candidate) {
            end(previous);
            previous = current;
            current = candidate;
            candidate = null;
            usualNanos = 0;
            failure = null;
            version.watch().live();
        }
        if (version == current) {
            usualNanos = Math.max(tookNanos, usualNanos - usualNanos / 16);
        }
    }

    /** The version that is shown when this one is not; 0 when there is none. */
    private int without(CellVersion version) {
        CellVersion next = version == candidate ? current : previous;
        return next == null || next == version ? 0 : next.number();
    }

    private void giveUp(CellVersion version, CellFailure why) {
        end(version);
        if (version == candidate) {
            candidate = null;
        } else if (version == current) {
            current = previous;
            previous = null;
        } else {
            previous = null;
        }
        failure = why;
        LOG.warn("[pipeline {}] version {} of its code was given up: {}", pipeline, why.version(), why);
        version.watch().failed(why);
    }

    private void end(CellVersion version) {
        if (version != null) {
            version.end();
            leftBehind.add(version);
        }
    }

    private BgrFrame show(Picture made, BgrFrame frame) {
        if (made.isUnchanged()) {
            return frame;
        }
        if (made.width() == frame.width() && made.height() == frame.height()) {
            made.copyTo(frame.picture().pixels());
            return frame;
        }
        VideoFrame other = pool.acquire(
                PixelFormat.BGR, made.width(), made.height(), frame.picture().number(), frame.times());
        made.copyTo(other.pixels());
        BgrFrame shown = new BgrFrame(other);
        shown.detections().addAll(frame.detections());
        frame.close();
        return shown;
    }

    private void endUntried() {
        endUnused(newest.getAndSet(null));
        endUnused(untried.getAndSet(null));
    }

    private static void endUnused(CellVersion version) {
        if (version != null) {
            version.end();
        }
    }

    @Override
    public void close() {
        closed = true;
        endUntried();
        versions().forEach(this::end);
        candidate = null;
        current = null;
        previous = null;
    }
}
