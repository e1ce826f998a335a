package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the driver's program prints, by a program that prints it. */
@Timeout(60)
class GpuQueryTest {
    @TempDir
    private Path folder;

    private List<GpuInfo> printed(String script) throws IOException {
        return printed(script, Duration.ofSeconds(30));
    }

    private List<GpuInfo> printed(String script, Duration deadline) throws IOException {
        Path program = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new GpuQuery(program.toString(), deadline).ask();
    }

    @Test
    void readsEveryGpu() throws IOException {
        assertEquals(
                List.of(
                        new GpuInfo("Tesla T4", "550.54.15", 13000, 15360),
                        new GpuInfo("NVIDIA A100", "550.54.15", 0, 40960)),
                printed("echo 'Tesla T4, 550.54.15, 13000, 15360'; echo 'NVIDIA A100, 550.54.15, 0, 40960'"));
    }

    @Test
    void asksForWhatItReads() throws IOException {
        List<GpuInfo> gpus = printed("[ \"$1\" = --query-gpu=name,driver_version,memory.used,memory.total ] || exit 1\n"
                + "[ \"$2\" = --format=csv,noheader,nounits ] || exit 1\necho 'T4, 1, 2, 3'");
        assertEquals(1, gpus.size());
    }

    @Test
    void withoutAGpuThereIsNone() throws IOException {
        assertEquals(List.of(), new GpuQuery(folder.resolve("none").toString()).ask());
        assertEquals(List.of(), printed("echo 'NVIDIA-SMI has failed because it could not communicate'; exit 9"));
        assertEquals(List.of(), printed("echo 'No devices were found'"));
        assertEquals(List.of(), printed("echo 'GRID, 550, [N/A], [N/A]'"));
        assertEquals(List.of(), printed("exec sleep 60", Duration.ofMillis(200)), "it does not answer");
    }

    @Test
    void theShareOfItsMemory() {
        assertEquals(0.5, new GpuInfo("", "", 5, 10).usedShare());
        assertEquals(0, new GpuInfo("", "", 5, 0).usedShare());
    }
}
