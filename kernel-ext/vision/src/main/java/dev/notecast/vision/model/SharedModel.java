package dev.notecast.vision.model;

import dev.notecast.media.codec.Natives;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One model and all who use it: fetched and loaded on a thread of its own. Any thread. */
final class SharedModel {
    private static final Logger LOG = LoggerFactory.getLogger(SharedModel.class);

    /** Gets and loads a model; blocks. */
    interface Source {
        /** @throws ModelException with one line for the user */
        Path fetch(DoubleConsumer progress) throws InterruptedException;

        /** @throws ModelException with one line for the user */
        FallbackInference load(Path file);
    }

    private static final long END_MILLIS = 5_000; // engines cannot be interrupted

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private Source source; // guarded by lock; of the newest user who made it load
    private Thread loading; // guarded by lock
    private int leases; // guarded by lock
    private long unusedSinceNanos; // guarded by lock
    private boolean ended; // guarded by lock
    private volatile FallbackInference inference; // null until it is loaded
    private volatile String failure; // null while there is none
    private volatile double progress;
    private volatile String doing = "waits to be loaded";
    private volatile Path file; // null until it is there

    SharedModel(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** One more user, who loads it where it is not, or failed; false when it has been unloaded, and another has to be made. */
    boolean join(Source from) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            leases++;
            if (loading == null || failure != null) {
                source = from;
                begin();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tries once more where it failed. */
    void retry() {
        lock.lock();
        try {
            if (!ended && failure != null) {
                begin();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holding the lock. */
    private void begin() {
        failure = null;
        Source from = source;
        loading = Natives.platformThread("notecast-model-" + name, () -> load(from));
        loading.start();
    }

    void leave(long nowNanos) {
        lock.lock();
        try {
            leases--;
            unusedSinceNanos = nowNanos;
        } finally {
            lock.unlock();
        }
    }

    private void load(Source from) {
        try {
            Path fetched = from.fetch(this::fetched);
            file = fetched;
            doing = "is loaded";
            FallbackInference loaded = from.load(fetched);
            lock.lock();
            try {
                if (!ended) {
                    progress = 1;
                    inference = loaded;
                    return;
                }
            } finally {
                lock.unlock();
            }
            loaded.close();
        } catch (ModelException e) {
            failure = e.getMessage();
            LOG.debug("[model {}] {}", name, e.getMessage()); // whoever asked for it is told by the lease
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) { // of native libraries
            failure = "model '" + name + "' cannot be loaded: " + e;
            LOG.warn("[model {}] cannot be loaded", name, e);
        } catch (InterruptedException e) {
            failure = "model '" + name + "' was not loaded, as the server has stopped";
        }
    }

    private void fetched(double share) {
        progress = share;
        doing = "is fetched, " + Math.round(100 * share) + " %";
    }

    ModelState state() {
        return failure != null ? ModelState.FAILED : inference != null ? ModelState.READY : ModelState.LOADING;
    }

    double progress() {
        return progress;
    }

    Optional<String> line() {
        FallbackInference loaded = inference;
        if (failure != null) {
            return Optional.of(failure);
        }
        if (loaded != null) {
            return loaded.note().map(note -> "model '" + name + "' " + note);
        }
        return Optional.of("model '" + name + "' " + doing);
    }

    Optional<FallbackInference> inference() {
        return Optional.ofNullable(inference);
    }

    boolean isOnGpu() {
        return inference().map(FallbackInference::isOnGpu).orElse(false);
    }

    /** One of the user's, by its file. */
    ModelStatus status() {
        Path at = file;
        ModelInfo info = new ModelInfo(
                name,
                "yours",
                name,
                List.of(),
                at == null ? 0 : at.toFile().length(),
                Optional.empty(),
                "yours",
                "",
                inference().map(Inference::inputs).orElse(List.of()),
                inference().map(Inference::outputs).orElse(List.of()));
        return status(info, at != null, at == null ? Path.of(name) : at);
    }

    ModelStatus status(ModelInfo info, boolean isHere, Path at) {
        return new ModelStatus(
                info,
                isHere,
                at,
                Optional.of(state()),
                progress,
                leases(),
                inference().map(loaded -> loaded.isOnGpu() ? "GPU" : "CPU"),
                line());
    }

    int leases() {
        lock.lock();
        try {
            return leases;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends it when nobody has used it for a while, or it has failed.
     *
     * @return whether it has ended; then the caller closes it
     */
    boolean endIfUnused(long nowNanos, long lingerNanos) {
        lock.lock();
        try {
            boolean lingers = failure == null && nowNanos - unusedSinceNanos < lingerNanos;
            if (leases > 0 || lingers) {
                return false;
            }
            ended = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Frees it, whoever has it; waits a moment for a load that is under way, which then frees it itself. */
    void end() {
        Thread thread;
        lock.lock();
        try {
            ended = true;
            thread = loading;
        } finally {
            lock.unlock();
        }
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        inference().ifPresent(FallbackInference::close);
    }
}
