package dev.notecast.vision.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks {@code nvidia-smi}, which comes with the driver. */
final class GpuQuery {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 64 * 1024;
    private static final int COLUMNS = 4;

    private final String program;
    private final Duration deadline;

    GpuQuery(String program) {
        this(program, DEADLINE);
    }

    GpuQuery(String program, Duration deadline) {
        this.program = program;
        this.deadline = deadline;
    }

    /** Every GPU; none where there is no driver, or it does not answer in time. */
    List<GpuInfo> ask() {
        Process process;
        try {
            process = new ProcessBuilder(
                            program,
                            "--query-gpu=name,driver_version,memory.used,memory.total",
                            "--format=csv,noheader,nounits")
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return List.of(); // there is no such program
        }
        try (InputStream out = process.getInputStream()) {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                return List.of();
            }
            return parse(new String(out.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<GpuInfo> parse(String lines) {
        List<GpuInfo> gpus = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            parseLine(line).ifPresent(gpus::add);
        }
        return gpus;
    }

    private static Optional<GpuInfo> parseLine(String line) {
        String[] columns = line.split(",");
        if (columns.length != COLUMNS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GpuInfo(
                    columns[0].strip(),
                    columns[1].strip(),
                    Long.parseLong(columns[2].strip()),
                    Long.parseLong(columns[3].strip())));
        } catch (NumberFormatException e) { // "[N/A]"
            return Optional.empty();
        }
    }
}
