package dev.notecast.vision.model;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * ONNX Runtime with CUDA, in a folder whose jars stand before all others on the class path: what is fetched now is there when
 * the kernel starts next. It finds CUDA and cuDNN where the machine has them.
 */
public final class GpuAddon {
    /** That of the ONNX Runtime it takes the place of. */
    static final String VERSION = "1.23.2";

    private static final String FILE = "onnxruntime_gpu-" + VERSION + ".jar";
    private static final ModelInfo INFO = new ModelInfo(
            "onnxruntime_gpu " + VERSION,
            "models on NVIDIA GPUs",
            FILE,
            List.of(URI.create("https://repo1.maven.org/maven2/com/microsoft/onnxruntime/onnxruntime_gpu/" + VERSION
                    + "/" + FILE)),
            445_661_300,
            Optional.empty(), // Maven Central has none of it
            "MIT",
            "",
            List.of(),
            List.of());

    private final ModelStore store; // null when the JVM was started without such a folder

    /** @param folder empty when the JVM was started without one */
    GpuAddon(Optional<Path> folder, boolean mayFetch) {
        store = folder.map(path -> new ModelStore(path, mayFetch)).orElse(null);
    }

    /** What it is, and where it comes from. */
    public ModelInfo info() {
        return INFO;
    }

    public boolean isHere() {
        return store != null && store.isHere(INFO);
    }

    /**
     * Fetches it, for the next start. Blocks for minutes.
     *
     * @throws ModelException with one line for the user
     */
    public Path fetch(DoubleConsumer progress) throws InterruptedException {
        if (store == null) {
            throw new ModelException("this JVM was started without a folder for add-ons, as 'Java (Notecast)' and"
                    + " 'install/notecast serve' have one: put " + FILE + " before onnxruntime on its class path");
        }
        return store.fetch(INFO, progress);
    }
}
