package dev.notecast.vision.model;

import ai.djl.Device;
import dev.notecast.media.codec.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The models of a server: each is loaded once however many use it, and unloaded a while after the last one has given it
 * back. Any thread.
 */
public final class ModelPool implements Models, AutoCloseable {
    /** More would not fit, or not run in time. */
    public static final int MAX_MODELS = 16;

    private static final Duration LINGER = Duration.ofSeconds(60); // a cell that is edited asks again
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Duration linger;
    private final Duration look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SharedModel> models = new TreeMap<>(); // guarded by lock
    private ScheduledExecutorService keeper; // guarded by lock; null while there are no models
    private boolean closed; // guarded by lock

    public ModelPool() {
        this(LINGER, LOOK);
    }

    ModelPool(Duration linger, Duration look) {
        this.linger = linger;
        this.look = look;
    }

    @Override
    public ModelLease lease(String name) {
        Path file = file(name);
        return lease(name, file.toString(), new FileSource(file.getFileName().toString(), file));
    }

    private ModelLease lease(String name, String key, SharedModel.Source source) {
        lock.lock();
        try {
            if (closed) {
                throw new ModelException("the server has stopped");
            }
            SharedModel model = models.get(key);
            if (model == null || !model.join()) {
                if (models.size() >= MAX_MODELS) {
                    throw new ModelException(
                            MAX_MODELS + " models are loaded already: stop a pipeline, and try again in "
                                    + linger.toSeconds() + " s");
                }
                model = new SharedModel(name, source);
                model.join();
                models.put(key, model);
            }
            keep();
            return new SharedLease(name, model);
        } finally {
            lock.unlock();
        }
    }

    private static Path file(String name) {
        try {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                throw new ModelException("there is no model '" + name + "', and no such file");
            }
            return file.toRealPath();
        } catch (InvalidPathException | IOException e) {
            throw new ModelException("there is no model '" + name + "', and no file that can be read", e);
        }
    }

    /** A file that is there. */
    private final class FileSource implements SharedModel.Source {
        private final String label;
        private final Path file;

        FileSource(String label, Path file) {
            this.label = label;
            this.file = file;
        }

        @Override
        public Path fetch(Progress progress) {
            return file;
        }

        @Override
        public FallbackInference load(Path fetched) {
            return new FallbackInference(
                    label,
                    Engines.hasCuda(),
                    onGpu -> Engines.load(label, fetched, onGpu ? Device.gpu() : Device.cpu()),
                    ModelPool.this::unloadUnused);
        }
    }

    /** Frees the memory of models that nobody uses, at once. */
    public void unloadUnused() {
        unload(0);
    }

    private void unload(long lingerNanos) {
        long nowNanos = System.nanoTime();
        List<SharedModel> unused;
        lock.lock();
        try {
            unused = models.values().stream()
                    .filter(model -> model.endIfUnused(nowNanos, lingerNanos))
                    .toList();
            models.values().removeAll(unused);
        } finally {
            lock.unlock();
        }
        unused.forEach(SharedModel::end); // may wait for a run, which may want this lock
    }

    /** Holding the lock. */
    private void keep() {
        if (keeper == null) {
            keeper = Executors.newSingleThreadScheduledExecutor(
                    work -> Natives.platformThread("notecast-model-keeper", work));
            keeper.scheduleWithFixedDelay(this::look, look.toNanos(), look.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        unload(linger.toNanos());
        lock.lock();
        try {
            if (models.isEmpty()) {
                stopKeeper();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holding the lock. */
    private void stopKeeper() {
        if (keeper != null) {
            keeper.shutdownNow();
            keeper = null;
        }
    }

    /** Frees all, whoever has them; may be called twice. */
    @Override
    public void close() {
        List<SharedModel> ended;
        lock.lock();
        try {
            closed = true;
            ended = new ArrayList<>(models.values());
            models.clear();
            stopKeeper();
        } finally {
            lock.unlock();
        }
        ended.forEach(SharedModel::end);
    }
}
