package dev.notecast.vision.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model on the GPU where there is one, for as long as that has the memory: then the models that nobody uses make room, it is
 * tried once more, and after that it runs on the CPU, which its note says.
 */
final class FallbackInference implements Inference {
    private static final Logger LOG = LoggerFactory.getLogger(FallbackInference.class);

    /** Loads the model on a device. */
    @FunctionalInterface
    interface Loader {
        /** @throws ModelException with one line for the user */
        Inference load(boolean onGpu);
    }

    private final String name;
    private final Loader loader;
    private final Runnable makeRoom;
    private final ReentrantLock lock = new ReentrantLock();
    private Inference current; // guarded by lock
    private volatile boolean onGpu;
    private volatile String note; // null while all is well

    /**
     * Loads it.
     *
     * @param makeRoom unloads what nobody uses
     * @throws ModelException when it can be loaded nowhere
     */
    FallbackInference(String name, boolean hasGpu, Loader loader, Runnable makeRoom) {
        this.name = name;
        this.loader = loader;
        this.makeRoom = makeRoom;
        onGpu = hasGpu;
        current = load();
    }

    private Inference load() {
        if (onGpu) {
            try {
                return loader.load(true);
            } catch (ModelMemoryException e) {
                makeRoom.run();
                try {
                    return loader.load(true);
                } catch (ModelException again) {
                    leaveGpu(again);
                }
            } catch (ModelException e) { // its libraries are missing, or it has no such operator
                leaveGpu(e);
            }
        }
        return loader.load(false);
    }

    private void leaveGpu(ModelException why) {
        LOG.warn("[model {}] runs on the CPU from now on: {}", name, why.getMessage());
        onGpu = false;
        note = "runs on the CPU, as the GPU could not: " + why.getMessage();
    }

    @Override
    public List<TensorInfo> inputs() {
        lock.lock();
        try {
            return current.inputs();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<TensorInfo> outputs() {
        lock.lock();
        try {
            return current.outputs();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        lock.lock();
        try {
            return current.run(inputs);
        } catch (ModelMemoryException e) {
            if (!onGpu) {
                throw e;
            }
            makeRoom.run();
            return runAgain(inputs);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Tensor> runAgain(Map<String, Tensor> inputs) {
        try {
            return current.run(inputs);
        } catch (ModelMemoryException e) {
            Inference before = current;
            current = loader.load(false);
            before.close();
            leaveGpu(e);
            return current.run(inputs);
        }
    }

    boolean isOnGpu() {
        return onGpu;
    }

    /** That it runs elsewhere than it should. */
    Optional<String> note() {
        return Optional.ofNullable(note);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            current.close();
        } finally {
            lock.unlock();
        }
    }
}
