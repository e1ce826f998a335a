package dev.notecast.server.doctor;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs checks side by side under one deadline, and hands on their lines in the order in which they are asked for. */
final class Examination implements AutoCloseable {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("notecast-doctor-", 1).factory());
    private final long endNanos;
    private final Consumer<Finding> each;

    Examination(Duration deadline, Consumer<Finding> each) {
        this.endNanos = System.nanoTime() + deadline.toNanos();
        this.each = each;
    }

    /** A check that runs. */
    final class Begun<T> {
        private final String what;
        private final Future<Checked<T>> future;
        private final T unknown;

        private Begun(String what, T unknown, Callable<Checked<T>> check) {
            this.what = what;
            this.unknown = unknown;
            this.future = threads.submit(check);
        }

        /** Waits for it and hands on its lines; gives what it found out. */
        T fact() {
            Checked<T> checked = checked();
            checked.findings().forEach(each);
            return checked.fact();
        }

        private Checked<T> checked() {
            try {
                return future.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return Checked.of(unknown, Finding.note(what, "no answer in time", "", ""));
            } catch (ExecutionException e) {
                String why = String.valueOf(e.getCause().getMessage());
                return Checked.of(unknown, Finding.note(what, "could not be looked at: " + why, "", ""));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Checked.of(unknown, Finding.note(what, "interrupted", "", ""));
            } finally {
                future.cancel(true);
            }
        }
    }

    /**
     * Begins a check.
     *
     * @param unknown its fact where it does not end in time
     */
    <T> Begun<T> begin(String what, T unknown, Callable<Checked<T>> check) {
        return new Begun<>(what, unknown, check);
    }

    /** Leaves what has not ended to its own deadline. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
