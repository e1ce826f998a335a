package dev.notecast.vision.cell;

import dev.notecast.media.codec.Natives;
import dev.notecast.vision.frame.Frame;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * One version of a cell's code on a thread of its own, which works on one picture at a time. Whatever the code does, it
 * has nothing but pictures in the Java heap, so it can be left alone when it does not come back.
 */
final class CellVersion {
    /** What came of a picture. */
    sealed interface Outcome {
        Frame from();

        record Made(Frame from, Picture picture, long tookNanos) implements Outcome {}

        record Threw(Frame from, Throwable cause) implements Outcome {}
    }

    /** What the thread is at. */
    private sealed interface State {
        record Free() implements State {}

        record Busy(Frame frame, Thread waiting, long sinceNanos) implements State {}

        record Done(Outcome outcome) implements State {}

        record Ended() implements State {}
    }

    private static final State FREE = new State.Free();
    private static final State ENDED = new State.Ended();

    private final int number;
    private final CellCode code;
    private final CellWatch watch;
    private final Runnable onFirst;
    private final Canvas canvas = new Canvas();
    private final AtomicReference<State> state = new AtomicReference<>(FREE);
    private final Thread thread;
    private volatile boolean endedAtWork;

    /**
     * Starts the thread; {@link #end} ends it.
     *
     * @param onFirst called when the first picture is done and nobody may wait for it any more
     */
    CellVersion(String pipeline, int number, CellCode code, CellWatch watch, Runnable onFirst) {
        this.number = number;
        this.code = code;
        this.watch = watch;
        this.onFirst = onFirst;
        thread = Natives.platformThread("notecast-filter-" + pipeline + "-" + number, this::run);
        if (code.loader() != null) {
            thread.setContextClassLoader(code.loader());
        }
        thread.start();
    }

    /** Counts the runs of a cell, from 1. */
    int number() {
        return number;
    }

    CellWatch watch() {
        return watch;
    }

    /** Hands it a picture, unless it works on one already. The caller's thread is woken when it is done. */
    void offer(Frame frame) {
        if (state.compareAndSet(FREE, new State.Busy(frame, Thread.currentThread(), System.nanoTime()))) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for what comes of the picture that was handed last, and takes it; empty when it is not there in time. */
    Optional<Outcome> await(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            State now = state.get();
            if (now instanceof State.Done(Outcome outcome) && state.compareAndSet(now, FREE)) {
                return Optional.of(outcome);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || now.equals(ENDED) || Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /** How long it has worked on its picture, 0 while it does not. */
    long busyNanos() {
        return state.get() instanceof State.Busy busy ? System.nanoTime() - busy.sinceNanos() : 0;
    }

    /** The cell's line that it is at, 0 when that is not known. */
    int line() {
        return code.line(thread.getStackTrace());
    }

    int line(Throwable thrown) {
        return code.line(thrown.getStackTrace());
    }

    /** It gets no more pictures. Where it works on one, it is interrupted, and may not care. May be called twice. */
    void end() {
        State before = state.getAndSet(ENDED);
        if (before instanceof State.Busy) {
            endedAtWork = true;
            thread.interrupt();
        }
        LockSupport.unpark(thread);
    }

    /** Whether it was ended and goes on all the same. */
    boolean isStuck() {
        return endedAtWork && thread.isAlive();
    }

    private void run() {
        boolean isFirst = true;
        while (true) {
            State now = state.get();
            switch (now) {
                case State.Busy busy -> {
                    Outcome outcome = outcome(busy.frame());
                    if (state.compareAndSet(now, new State.Done(outcome))) {
                        LockSupport.unpark(busy.waiting());
                        if (isFirst && System.nanoTime() - busy.sinceNanos() > CellFilter.FIRST_PATIENCE_NANOS) {
                            onFirst.run();
                        }
                        isFirst = false;
                    }
                }
                case State.Ended ended -> {
                    return;
                }
                case State.Free free -> LockSupport.park(this);
                case State.Done done -> LockSupport.park(this);
            }
        }
    }

    /** Nothing that the code throws may end the pipeline, errors least of all: it is somebody's first attempt. */
    private Outcome outcome(Frame frame) {
        long beganNanos = System.nanoTime();
        try {
            Picture picture = code.apply(frame, canvas);
            return new Outcome.Made(frame, picture, System.nanoTime() - beganNanos);
        } catch (Throwable e) {
            return new Outcome.Threw(frame, e);
        }
    }
}
