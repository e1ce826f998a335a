package dev.notecast.server.doctor;

import dev.notecast.server.http.Gpu;
import dev.notecast.server.tunnel.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** GPU, disk and memory. */
final class MachineCheck {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final int MIN_DISK_MIB = 512; // FFmpeg and OpenCV are unpacked, and a picture has to be saved
    private static final int MIN_MEMORY_MIB = 256;
    private static final int NVIDIA_SMI_SECONDS = 5;

    private MachineCheck() {}

    /** Whether there is one. @param path folders as in {@code PATH} */
    static Checked<Boolean> gpu(String path) {
        Optional<String> name = byTool(path).or(Gpu::name);
        String none = "none, and none is needed: video is forwarded as it comes";
        return Checked.of(name.isPresent(), Finding.ok("GPU", name.orElse(none)));
    }

    /** In containers the program is there more often than the driver's files. */
    private static Optional<String> byTool(String path) {
        Optional<Path> program = Programs.find("nvidia-smi", path);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path out = Files.createTempFile("notecast-gpu", ".txt");
            Process process = new ProcessBuilder(
                            program.get().toString(), "--query-gpu=name,memory.total", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                boolean ended = process.waitFor(NVIDIA_SMI_SECONDS, TimeUnit.SECONDS);
                return ended && process.exitValue() == 0
                        ? Files.readAllLines(out).stream()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .findFirst()
                        : Optional.empty();
            } finally {
                process.destroyForcibly();
                Files.delete(out);
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** @param folder where files are written */
    static Finding disk(Path folder) {
        try {
            long freeMib = Files.getFileStore(folder).getUsableSpace() >> 20;
            return freeMib >= MIN_DISK_MIB
                    ? Finding.ok("Disk", size(freeMib) + " free for " + folder)
                    : Finding.problem(
                            "Disk",
                            "only " + freeMib + " MiB free for " + folder,
                            "decoders are unpacked and pictures saved there",
                            "make room for " + MIN_DISK_MIB + " MiB");
        } catch (IOException e) {
            return Finding.problem("Disk", "nothing can be written to " + folder, "", "");
        }
    }

    static Finding memory() {
        OptionalLong freeMib = availableMib();
        if (freeMib.isEmpty()) {
            return Finding.note("Memory", "it is not known how much is free", "", "");
        }
        return freeMib.getAsLong() >= MIN_MEMORY_MIB
                ? Finding.ok("Memory", size(freeMib.getAsLong()) + " available")
                : Finding.problem(
                        "Memory",
                        "only " + freeMib.getAsLong() + " MiB available",
                        "the system ends programs when there is none left",
                        "end other programs or notebooks");
    }

    private static String size(long mib) {
        return mib >= 10_240 ? (mib >> 10) + " GiB" : mib + " MiB";
    }

    private static OptionalLong availableMib() {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
