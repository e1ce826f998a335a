package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.Device;
import dev.notecast.vision.pipeline.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is unloaded when a GPU is full. There is no GPU here: models run on the CPU, and a script says what its memory holds. */
@Timeout(120)
class FullGpuTest {
    private static final ModelRuntime PLAYED = new ModelRuntime() {
        @Override
        public boolean hasCuda() {
            return true;
        }

        @Override
        public Inference load(String name, Path file, boolean onGpu) {
            return Engines.load(name, file, Device.cpu());
        }
    };

    @TempDir
    private Path folder;

    private String model(String name) throws IOException {
        return Files.write(folder.resolve(name), OnnxBytes.twice(17, OnnxBytes.FLOAT, 2))
                .toString();
    }

    private static Inference ready(ModelLease lease) {
        Await.until("loaded", () -> lease.state() != ModelState.LOADING);
        return lease.ready().orElseThrow();
    }

    @Test
    void whatNobodyUsesMakesRoomAtOnce() throws IOException {
        Path used = Files.writeString(folder.resolve("used"), "800");
        Path program = Files.writeString(
                folder.resolve("nvidia-smi"), "#!/bin/sh\necho \"T4, 550, $(cat " + used + "), 1000\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        try (ModelPool pool = new ModelPool(
                        new ModelStore(folder.resolve("cache"), false),
                        new GpuQuery(program.toString(), Duration.ofSeconds(30)),
                        PLAYED,
                        Duration.ofHours(1),
                        Duration.ofMillis(10));
                ModelLease kept = pool.lease(model("kept.onnx"))) {
            Inference inUse = ready(kept);
            try (ModelLease unused = pool.lease(model("unused.onnx"))) {
                ready(unused);
            }
            String device = pool.list().getLast().device().orElseThrow();
            assertEquals("GPU", device);
            assertFalse(isUnloaded(pool), "at 80 % there is room");
            Files.writeString(used, "801");
            Await.until("unloaded", () -> isUnloaded(pool));
            Tensor given = new Tensor(new long[] {2}, new float[] {1, 2});
            assertArrayEquals(
                    new float[] {2, 4}, inUse.run(Map.of("x", given)).get("y").values());
            assertEquals(Optional.of(ModelState.READY), pool.list().getLast().state());
        }
    }

    private static boolean isUnloaded(ModelPool pool) {
        return pool.list().stream().noneMatch(model -> model.info().name().endsWith("unused.onnx"));
    }
}
