package dev.notecast.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's first NVIDIA GPU as its driver names it. */
public final class Gpu {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/gpus");
    private static final Optional<String> NAME = find();

    private Gpu() {}

    /** Empty where there is none, or no driver of it. */
    public static Optional<String> name() {
        return NAME;
    }

    private static Optional<String> find() {
        try (Stream<Path> gpus = Files.list(DRIVER)) {
            Optional<Path> first = gpus.sorted().findFirst();
            return first.isEmpty() ? Optional.empty() : model(first.get().resolve("information"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> model(Path information) throws IOException {
        try (Stream<String> lines = Files.lines(information)) {
            return lines.filter(line -> line.startsWith("Model:"))
                    .map(line -> line.substring("Model:".length()).trim())
                    .findFirst();
        }
    }
}
