package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.vision.pipeline.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ModelPoolTest {
    @TempDir
    private Path folder;

    private ModelPool pool;

    @BeforeEach
    void start() {
        pool = new ModelPool(
                new ModelStore(folder.resolve("cache"), false),
                new GpuQuery("/none"),
                ModelRuntime.DJL,
                Duration.ofMillis(50),
                Duration.ofMillis(10));
    }

    @AfterEach
    void stop() {
        pool.close();
        pool.close();
    }

    private Path model(String name) throws IOException {
        return Files.write(folder.resolve(name), OnnxBytes.twice(17, OnnxBytes.FLOAT, 2));
    }

    private static Inference ready(ModelLease lease) {
        Await.until("loaded", () -> lease.state() != ModelState.LOADING);
        return lease.ready().orElseThrow(() -> new AssertionError(lease.line()));
    }

    private static float[] twice(Inference model, float... values) {
        return model.run(Map.of("x", new Tensor(new long[] {values.length}, values)))
                .get("y")
                .values();
    }

    @Test
    void loadsAFileOnceForAllWhoWantIt() throws IOException {
        Path file = model("a.onnx");
        try (ModelLease one = pool.lease(file.toString());
                ModelLease other =
                        pool.lease(folder.resolve(".").resolve("a.onnx").toString())) {
            assertSame(ready(one), ready(other));
            assertArrayEquals(new float[] {2, 4}, twice(ready(one), 1, 2));
            assertEquals(1, one.progress());
            assertTrue(one.line().isEmpty());
        }
    }

    @Test
    void unloadsAWhileAfterTheLastHasGivenItBack() throws IOException {
        String file = model("a.onnx").toString();
        ModelLease one = pool.lease(file);
        ModelLease other = pool.lease(file);
        Inference model = ready(one);
        one.close();
        one.close(); // counts once
        assertTrue(one.ready().isEmpty());
        assertArrayEquals(new float[] {2, 4}, twice(ready(other), 1, 2));
        other.close();
        Await.until("unloaded", () -> isUnloaded(model));
        Await.until("no thread left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("notecast-model-keeper")));
        try (ModelLease again = pool.lease(file)) {
            assertArrayEquals(new float[] {2, 4}, twice(ready(again), 1, 2));
        }
    }

    private static boolean isUnloaded(Inference model) {
        try {
            twice(model, 1, 2);
            return false;
        } catch (ModelException e) {
            return e.getMessage().endsWith("has been unloaded");
        }
    }

    @Test
    void aFailureIsALineAndTheNextLeaseTriesAgain() throws IOException {
        Path file = Files.write(folder.resolve("b.onnx"), new byte[5]);
        ModelLease lease = pool.lease(file.toString());
        Await.until("failed", () -> lease.state() == ModelState.FAILED);
        assertTrue(lease.line().orElseThrow().contains("is no ONNX file"));
        assertTrue(lease.ready().isEmpty());
        model("b.onnx");
        try (ModelLease again = pool.lease(file.toString())) {
            ready(again);
            assertEquals(ModelState.READY, lease.state(), "who failed has it too");
        }
        lease.close();
    }

    @Test
    void namesWhatIsNeitherAModelNorAFile() {
        String said =
                assertThrows(ModelException.class, () -> pool.lease("nothing")).getMessage();
        assertTrue(said.startsWith("there is no model 'nothing'"), said);
    }

    @Test
    void aClosedPoolFreesWhatIsLeasedAndGivesNothing() throws IOException {
        String file = model("a.onnx").toString();
        try (ModelLease lease = pool.lease(file)) {
            Inference model = ready(lease);
            pool.close();
            assertTrue(isUnloaded(model));
            assertThrows(ModelException.class, () -> pool.lease(file));
        }
    }

    @Test
    void thereIsRoomForSixteen() throws IOException {
        for (int i = 0; i < ModelPool.MAX_MODELS; i++) {
            pool.lease(model(i + ".onnx").toString());
        }
        String next = model("next.onnx").toString();
        String said = assertThrows(ModelException.class, () -> pool.lease(next)).getMessage();
        assertTrue(said.startsWith("16 models are loaded already"), said);
    }
}
