package dev.notecast.vision.model;

import dev.notecast.media.codec.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;

/**
 * The models of a server: each is loaded once however many use it, and unloaded a while after the last one has given it
 * back. Any thread.
 */
public final class ModelPool implements Models, AutoCloseable {
    /** More would not fit, or not run in time. */
    public static final int MAX_MODELS = 16;

    private static final Duration LINGER = Duration.ofSeconds(60); // a cell that is edited asks again
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final double FULL = 0.8; // of a GPU's memory

    private static final boolean MAY_FETCH = !"none".equals(System.getenv("NOTECAST_FETCH"));

    private final ModelStore store;
    private final GpuQuery gpu;
    private final ModelRuntime runtime;
    private final GpuAddon gpuAddon = new GpuAddon(
            Optional.ofNullable(System.getProperty("notecast.addons")).map(Path::of), MAY_FETCH);
    private final Duration linger;
    private final Duration look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SharedModel> models = new TreeMap<>(); // guarded by lock
    private ScheduledExecutorService keeper; // guarded by lock; null while there are no models
    private boolean closed; // guarded by lock

    /**
     * With weights in the user's cache, and add-ons in the folder that {@code -Dnotecast.addons} names; where {@code NOTECAST_FETCH} is {@code none}, nothing is
     * fetched.
     */
    public ModelPool() {
        this(new ModelStore(cache(), MAY_FETCH), new GpuQuery("nvidia-smi"), ModelRuntime.DJL, LINGER, LOOK);
    }

    ModelPool(ModelStore store, GpuQuery gpu, ModelRuntime runtime, Duration linger, Duration look) {
        this.store = store;
        this.gpu = gpu;
        this.runtime = runtime;
        this.linger = linger;
        this.look = look;
    }

    private static Path cache() {
        String own = System.getenv("XDG_CACHE_HOME");
        Path caches = own == null || own.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(own);
        return caches.resolve("notecast").resolve("models");
    }

    @Override
    public ModelLease lease(String name) {
        return lease(name, true);
    }

    @Override
    public ModelLease leaseIfHere(String name) {
        return lease(name, false);
    }

    private ModelLease lease(String name, boolean mayFetch) {
        Optional<ModelInfo> info = info(name);
        if (info.isPresent()) {
            return lease(info.get().name(), name, new StoredSource(info.get(), mayFetch));
        }
        Path file = file(name);
        return lease(name, file.toString(), new FileSource(file));
    }

    /** Of the catalogue, or by its address; empty for files. */
    private static Optional<ModelInfo> info(String name) {
        return ModelCatalogue.find(name)
                .or(() -> OwnModel.isAddress(name) ? Optional.of(OwnModel.at(name)) : Optional.empty());
    }

    /**
     * What is known of a model before it is fetched.
     *
     * @throws ModelException when it is neither in the catalogue nor an address
     */
    public ModelStatus describe(String name) {
        ModelInfo info = info(name).orElseThrow(() -> unknown(name, null));
        SharedModel model;
        lock.lock();
        try {
            model = models.get(name);
        } finally {
            lock.unlock();
        }
        return status(info, store.isHere(info), store.path(info), model);
    }

    /** Whether the publisher names a SHA-256, or it is known from the first time. */
    public boolean isTrusted(String name) {
        return info(name).flatMap(store::sha256).isPresent();
    }

    /**
     * Fetches a model of the catalogue, or one by its address; whoever waits for it gets it. Blocks for long.
     *
     * @param progress told 0 to 1
     * @throws ModelException with one line for the user
     */
    public Path fetch(String name, DoubleConsumer progress) throws InterruptedException {
        Path file = store.fetch(info(name).orElseThrow(() -> unknown(name, null)), progress);
        lock.lock();
        try {
            Optional.ofNullable(models.get(name)).ifPresent(SharedModel::retry);
        } finally {
            lock.unlock();
        }
        return file;
    }

    /** The catalogue, and what else is loaded. */
    public List<ModelStatus> list() {
        Map<String, SharedModel> loaded;
        lock.lock();
        try {
            loaded = new TreeMap<>(models);
        } finally {
            lock.unlock();
        }
        List<ModelStatus> all = new ArrayList<>();
        for (ModelInfo info : ModelCatalogue.all()) {
            all.add(status(info, store.isHere(info), store.path(info), loaded.remove(info.name())));
        }
        loaded.forEach((key, model) -> all.add(model.status()));
        return all;
    }

    private static ModelStatus status(ModelInfo info, boolean isHere, Path file, SharedModel model) {
        return model == null
                ? new ModelStatus(info, isHere, file, Optional.empty(), 0, 0, Optional.empty(), Optional.empty())
                : model.status(info, isHere, file);
    }

    /** Every NVIDIA GPU, asked now. */
    public List<GpuInfo> gpus() {
        return gpu.ask();
    }

    /** What ONNX Runtime needs for one. */
    public GpuAddon gpuAddon() {
        return gpuAddon;
    }

    /** Whether ONNX Runtime here can use one at all; loads it. */
    public boolean hasCuda() {
        return runtime.hasCuda();
    }

    private ModelLease lease(String name, String key, SharedModel.Source source) {
        lock.lock();
        try {
            if (closed) {
                throw new ModelException("the server has stopped");
            }
            SharedModel model = models.get(key);
            if (model == null || !model.join(source)) {
                if (models.size() >= MAX_MODELS) {
                    throw new ModelException(
                            MAX_MODELS + " models are loaded already: stop a pipeline, and try again in "
                                    + linger.toSeconds() + " s");
                }
                model = new SharedModel(name);
                model.join(source);
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
                throw unknown(name, null);
            }
            return file.toRealPath();
        } catch (InvalidPathException | IOException e) {
            throw unknown(name, e);
        }
    }

    private static ModelException unknown(String name, Exception cause) {
        return new ModelException(
                "there is no model '" + name + "', and no such file: '%pipeline models' shows those there are", cause);
    }

    private FallbackInference loaded(String name, Path file) {
        boolean hasGpu = runtime.hasCuda() && !gpu.ask().isEmpty();
        return new FallbackInference(name, hasGpu, onGpu -> runtime.load(name, file, onGpu), this::unloadUnused);
    }

    /** A file of the user's. */
    private final class FileSource implements SharedModel.Source {
        private final Path file;

        FileSource(Path file) {
            this.file = file;
        }

        @Override
        public Path fetch(DoubleConsumer progress) {
            return file;
        }

        @Override
        public FallbackInference load(Path fetched) {
            return loaded(file.getFileName().toString(), fetched);
        }
    }

    /** Of the catalogue, or by its address. */
    private final class StoredSource implements SharedModel.Source {
        private final ModelInfo info;
        private final boolean mayFetch;

        StoredSource(ModelInfo info, boolean mayFetch) {
            this.info = info;
            this.mayFetch = mayFetch;
        }

        @Override
        public Path fetch(DoubleConsumer progress) throws InterruptedException {
            // who runs the notebook decides whether a file that nobody vouches for comes here
            return mayFetch && store.sha256(info).isPresent() ? store.fetch(info, progress) : store.get(info);
        }

        @Override
        public FallbackInference load(Path fetched) {
            return loaded(info.name(), fetched);
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
        if (usesGpu() && gpu.ask().stream().anyMatch(each -> each.usedShare() > FULL)) {
            unloadUnused();
        }
        lock.lock();
        try {
            if (models.isEmpty()) {
                stopKeeper();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean usesGpu() {
        lock.lock();
        try {
            return models.values().stream().anyMatch(SharedModel::isOnGpu);
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
