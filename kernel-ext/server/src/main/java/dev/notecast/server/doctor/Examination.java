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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs checks side by side under one deadline, and hands on their lines in the order in which they are asked for. */
final class Examination implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

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
        private final Future<Checked<T>> future;
        private final Checked<T> late;

        private Begun(Checked<T> late, Callable<Checked<T>> check) {
            this.late = late;
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
                return late;
            } catch (ExecutionException e) {
                LOG.warn("[doctor] a check broke off", e.getCause());
                return late;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return late;
            } finally {
                future.cancel(true);
            }
        }
    }

    /**
     * Begins a check.
     *
     * @param late what it gives where it does not end in time
     */
    <T> Begun<T> begin(Checked<T> late, Callable<Checked<T>> check) {
        return new Begun<>(late, check);
    }

    /**
     * Begins a check that leaves a note where it does not end in time.
     *
     * @param what its line is about
     * @param unknown its fact then
     */
    <T> Begun<T> begin(String what, T unknown, Callable<Checked<T>> check) {
        return begin(Checked.of(unknown, Finding.note(what, "no answer in time", "", "")), check);
    }

    /** Leaves what has not ended to its own deadline. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
