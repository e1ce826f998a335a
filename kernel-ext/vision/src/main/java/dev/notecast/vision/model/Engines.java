package dev.notecast.vision.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.notecast.media.codec.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * DJL's engines inside this JVM, loaded with the first model: on a thread with a class loader, as DJL looks for its engines
 * once, and those that it does not see then are not there for the JVM's life.
 */
final class Engines {
    /** DJL's name of ONNX Runtime. */
    static final String ONNX = "OnnxRuntime";

    /** DJL's name of the add-on for TorchScript. */
    static final String PYTORCH = "PyTorch";

    private static final long MAX_MODEL_BYTES = 4L << 30; // far more than a live picture has time for
    private static final int DEADLINE_SECONDS = 120; // the first time, 30 MB are unpacked on a slow disk

    private static final CompletableFuture<Void> STARTED = new CompletableFuture<>();

    static {
        Natives.platformThread("notecast-model-engine", Engines::start).start();
    }

    private Engines() {}

    private static void start() {
        try {
            offByDefault("ai.djl.offline"); // DJL fetches nothing by itself
            offByDefault("OPT_OUT_TRACKING"); // and tells nobody that it runs
            offByDefault("ai.djl.onnx.disable_alternative"); // ONNX models need no second engine
            Engine.getEngine(ONNX);
            STARTED.complete(null);
        } catch (RuntimeException | LinkageError e) {
            STARTED.completeExceptionally(e);
        }
    }

    private static void offByDefault(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }

    private static void await() {
        try {
            STARTED.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new ModelException(
                    "ONNX Runtime cannot be loaded (linux-x86_64 and linux-arm64 are supported): "
                            + e.getCause().getMessage(),
                    e.getCause());
        } catch (TimeoutException e) {
            throw new ModelException("ONNX Runtime was not loaded within " + DEADLINE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException("interrupted while ONNX Runtime was loaded", e);
        }
    }

    /** Whether TorchScript models can be run: the add-on's jars are on the class path. */
    static boolean hasPyTorch() {
        await();
        return Engine.hasEngine(PYTORCH);
    }

    /** Whether ONNX models can be run on a GPU: its jar is the one with CUDA. */
    static boolean hasCuda() {
        await();
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    /**
     * Loads a model; takes seconds for a large one.
     *
     * @param name for messages
     * @param file {@code .pt} and {@code .torchscript} are TorchScript, all else ONNX
     * @throws ModelException with one line for the user, when it is not there, is something else, or does not load
     */
    static Inference load(String name, Path file, Device device) {
        String fileName = file.getFileName().toString();
        checkSize(file);
        if (fileName.endsWith(".pt") || fileName.endsWith(".torchscript")) {
            return loadTorch(name, file, device);
        }
        OnnxFile onnx = OnnxFile.read(file);
        for (TensorInfo input : onnx.inputs()) {
            if (!Numbers.isKnown(onnx.types().get(input.name()))) {
                throw new ModelException("model '" + name + "' wants something else than numbers for '" + input.name()
                        + "': only models of pictures can be used");
            }
        }
        await();
        Model model = Model.newInstance(name, device, ONNX);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // its threads would spin between two pictures, and take the CPU from whoever decodes the next one
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            model.load(file, null, Map.of("sessionOptions", options));
            return new DjlInference(name, model, onnx);
        } catch (IOException | MalformedModelException | OrtException | RuntimeException e) {
            model.close();
            throw EngineErrors.loading(name, onnx.opset(), e);
        }
    }

    private static Inference loadTorch(String name, Path file, Device device) {
        if (!hasPyTorch()) {
            throw new ModelException(
                    "model '" + name + "' is TorchScript, and the PyTorch add-on is not on the class path:"
                            + " export it to ONNX, or add the add-on (README, 'Models')");
        }
        Model model = Model.newInstance(name, device, PYTORCH);
        try {
            model.load(file);
            return new DjlInference(name, model, null);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw EngineErrors.loading(name, 0, e);
        }
    }

    private static void checkSize(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_MODEL_BYTES) {
                throw new ModelException("'" + file + "' has " + (bytes >> 20) + " MiB, more than the "
                        + (MAX_MODEL_BYTES >> 20) + " MiB that a model may have: take a smaller variant");
            }
        } catch (IOException e) {
            throw new ModelException("'" + file + "' is not there, or this user may not read it", e);
        }
    }
}
