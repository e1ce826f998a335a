package dev.notecast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time of some threads of a process, from {@code /proc}.
 *
 * @param mediaNanos of our server's event loops
 * @param compilerNanos of a JVM's compilers: what it takes to learn the code, not to run it
 */
record ThreadUsage(long mediaNanos, long compilerNanos) {
    static final ThreadUsage NONE = new ThreadUsage(0, 0);

    static ThreadUsage of(long pid) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            long media = 0;
            long compilers = 0;
            for (Path task : tasks.toList()) {
                try {
                    String name = Files.readString(task.resolve("comm"));
                    if (name.startsWith("notecast-udp")) {
                        media += nanos(task);
                    } else if (name.startsWith("C1 ") || name.startsWith("C2 ")) {
                        compilers += nanos(task);
                    }
                } catch (NoSuchFileException e) {
                    // has just ended
                }
            }
            return new ThreadUsage(media, compilers);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure process " + pid + ": is it still running?", e);
        }
    }

    private static long nanos(Path task) throws IOException {
        List<String> lines = Files.readAllLines(task.resolve("schedstat")); // time on a processor, time waiting, turns
        return Long.parseLong(lines.getFirst().split(" ")[0]);
    }
}
