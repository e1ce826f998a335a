package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime itself, with models made here and with what is none. */
@Timeout(120)
class EnginesTest {
    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model.onnx"), bytes);
    }

    private Inference load(byte[] bytes) throws IOException {
        return Engines.load("mine", file(bytes), Device.cpu());
    }

    private String failure(byte[] bytes) {
        ModelException failure =
                assertThrows(ModelException.class, () -> load(bytes).close());
        assertEquals(1, failure.getMessage().lines().count(), failure::getMessage);
        return failure.getMessage();
    }

    @Test
    void runsAModelByItsNames() throws IOException {
        try (Inference model = load(OnnxBytes.twice(17, OnnxBytes.FLOAT, -1, 3))) {
            assertEquals("[x [?, 3]]", model.inputs().toString());
            assertEquals("[y [?, 3]]", model.outputs().toString());
            Tensor y = model.run(Map.of("x", new Tensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6})))
                    .get("y");
            assertArrayEquals(new long[] {2, 3}, y.shape());
            assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, y.values());
        }
    }

    @Test
    void convertsNumbersOfOtherTypes() throws IOException {
        Tensor given = new Tensor(new long[] {3}, new float[] {1, 20, 120});
        for (int type : new int[] {OnnxBytes.FLOAT, OnnxBytes.INT64, 6, 10, 11}) {
            try (Inference model = load(OnnxBytes.twice(17, type, 3))) {
                float[] values = model.run(Map.of("x", given)).get("y").values();
                assertArrayEquals(new float[] {2, 40, 240}, values, "type " + type);
            }
        }
        try (Inference model = load(OnnxBytes.twice(17, OnnxBytes.UINT8, 3))) {
            assertArrayEquals(
                    new float[] {2, 40, 240},
                    model.run(Map.of("x", given)).get("y").values());
        }
    }

    @Test
    void namesInputsThatAreMissingOrOfAnotherShape() throws IOException {
        try (Inference model = load(OnnxBytes.twice(17, OnnxBytes.FLOAT, -1, 3))) {
            Tensor four = new Tensor(new long[] {1, 4}, new float[4]);
            String wrong = assertThrows(ModelException.class, () -> model.run(Map.of("x", four)))
                    .getMessage();
            assertTrue(wrong.startsWith("model 'mine' takes x [?, 3], not [1, 4]"), wrong);
            String missing = assertThrows(ModelException.class, () -> model.run(Map.of("z", four)))
                    .getMessage();
            assertTrue(missing.contains("nothing was given for 'x'"), missing);
            Tensor three = new Tensor(new long[] {1, 3}, new float[3]);
            String more = assertThrows(ModelException.class, () -> model.run(Map.of("x", three, "z", four)))
                    .getMessage();
            assertTrue(more.contains("nothing else"), more);
        }
    }

    @Test
    void anUnloadedModelSaysSo() throws IOException {
        Inference model = load(OnnxBytes.twice(17, OnnxBytes.FLOAT, 1));
        model.close();
        model.close();
        String said = assertThrows(
                        ModelException.class, () -> model.run(Map.of("x", new Tensor(new long[] {1}, new float[1]))))
                .getMessage();
        assertEquals("model 'mine' has been unloaded", said);
    }

    @Test
    void namesAnOperatorSetOfTheFuture() {
        String said = failure(OnnxBytes.twice(90, OnnxBytes.FLOAT, 1));
        assertTrue(said.startsWith("model 'mine' needs operator set 90, which this ONNX Runtime does not know"), said);
    }

    @Test
    void namesAnUnknownOperator() {
        String said = failure(OnnxBytes.operator("Miracle", 17, 1));
        assertTrue(said.contains("has an operator that this ONNX Runtime does not know"), said);
        assertTrue(said.contains("Miracle"), said);
    }

    @Test
    void tellsWhenAFileEndsTooEarly() {
        byte[] whole = OnnxBytes.twice(17, OnnxBytes.FLOAT, -1, 3);
        for (int length = 15; length < whole.length; length++) {
            String said = failure(Arrays.copyOf(whole, length));
            assertTrue(said.contains("ends too early") || said.contains("is no ONNX file"), said);
        }
    }

    @Test
    void tellsWhatIsNoOnnxFile() {
        String page = failure("<html><body>404</body></html>".getBytes(StandardCharsets.UTF_8));
        assertTrue(page.contains("model.onnx' is no ONNX file"), page);
        assertTrue(failure(new byte[0]).contains("is no ONNX file"));
        assertTrue(
                failure(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}).contains("is no ONNX file"));
        // what stands in the place of weights in a repository whose large files were not fetched
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n";
        assertTrue(failure(pointer.getBytes(StandardCharsets.UTF_8)).contains("is no ONNX file"));
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path none = folder.resolve("none.onnx");
        String said = assertThrows(ModelException.class, () -> Engines.load("mine", none, Device.cpu()))
                .getMessage();
        assertTrue(said.contains("none.onnx' is not there"), said);
    }

    @Test
    void torchScriptNeedsItsAddOn() throws IOException {
        Path torch = Files.write(folder.resolve("model.pt"), new byte[10]);
        String said = assertThrows(ModelException.class, () -> Engines.load("mine", torch, Device.cpu()))
                .getMessage();
        assertTrue(said.contains("PyTorch add-on"), said);
    }

    /** As servers have it, by their class path. ONNX Runtime 1.29.0 looked at it, and the JVM's stack was not enough. */
    @Test
    void aLongCommandLineDoesNotMatter() throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName(),
                        "/a/class/path.jar:".repeat(3000))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(process.waitFor(100, TimeUnit.SECONDS), "still runs");
            assertEquals(0, process.exitValue(), Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts ONNX Runtime in a JVM of its own. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) {
            Engines.hasPyTorch();
        }
    }
}
