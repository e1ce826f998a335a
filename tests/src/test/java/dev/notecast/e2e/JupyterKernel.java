package dev.notecast.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The installed kernel under Jupyter's kernel manager, which runs in a process of its own. Not for several threads. */
final class JupyterKernel implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String mark = "NOTECAST_TEST_KERNEL=" + UUID.randomUUID();
    private final ChildProcess manager;
    private int answers;
    private long pid;

    private JupyterKernel(String transport, Path folder) {
        List<String> command = List.of(
                Tools.python().toString(),
                Path.of("src/test/python/drive_kernel.py").toAbsolutePath().toString(),
                transport,
                mark);
        manager = ChildProcess.startWithInput("the manager of a kernel over " + transport, folder, Map.of(), command);
    }

    /** Starts it over {@code tcp} or {@code ipc}; skips the test when the kernel's environment is missing. */
    static JupyterKernel start(String transport, Path folder) {
        JupyterKernel kernel = new JupyterKernel(transport, folder);
        try {
            kernel.pid = kernel.answer().required("pid").asLong();
            return kernel;
        } catch (AssertionError e) {
            kernel.close();
            throw e;
        }
    }

    /**
     * What came of some cells: nbclient stops at the first that fails.
     *
     * @param executed cells that ran, the failed one among them
     * @param outputs all outputs in nbformat 4
     */
    record Run(boolean stopped, int executed, JsonNode outputs) {}

    Run run(String... cells) {
        JsonNode answer = ask(Map.of("run", List.of(cells)));
        return new Run(
                answer.required("stopped").asBoolean(),
                answer.required("executed").asInt(),
                answer.required("outputs"));
    }

    /**
     * What came of one cell whose question was answered.
     *
     * @param asked content of every {@code input_request}
     * @param outputs content of every message that was published
     */
    record Talk(String status, JsonNode asked, JsonNode outputs) {}

    Talk talk(String cell, String answer) {
        JsonNode told = ask(Map.of("ask", List.of(cell, answer)));
        return new Talk(told.required("status").asText(), told.required("asked"), told.required("outputs"));
    }

    /** Asks the kernel to end and waits until its process has. */
    void shutdown() {
        ask(Map.of("shutdown", Map.of()));
    }

    /** Like {@link #shutdown()}, then a new kernel. */
    void restart() {
        pid = ask(Map.of("restart", Map.of())).required("pid").asLong();
    }

    /** The process that the manager started, which every other of the kernel descends from. */
    long pid() {
        return pid;
    }

    long managerPid() {
        return manager.process().pid();
    }

    /** All of the kernel's processes, orphans too: they are known by a variable in their environment. */
    Map<Long, String> processes() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(entry -> entry.getFileName().toString().matches("\\d+"))
                    .filter(entry -> read(entry.resolve("environ")).contains(mark))
                    .collect(Collectors.toMap(
                            entry -> Long.parseLong(entry.getFileName().toString()),
                            entry -> read(entry.resolve("cmdline")).replace('\0', ' ')));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it has ended, or is somebody else's
        }
    }

    private JsonNode ask(Map<String, ?> command) {
        try {
            manager.writeLine(JSON.writeValueAsString(command));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
        return answer();
    }

    /** Answers come in the order of the questions, among whatever else the manager says. */
    private JsonNode answer() {
        int wanted = answers++;
        String line = Await.value("answer " + wanted + " of the kernel's manager: " + manager.lines(), DEADLINE, () -> {
            if (!manager.process().isAlive()) {
                throw new AssertionError("the kernel's manager ended: " + String.join("\n", manager.lines()));
            }
            return manager.lines().stream()
                    .filter(each -> each.startsWith("{"))
                    .skip(wanted)
                    .findFirst();
        });
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    @Override
    public void close() {
        manager.close();
        processes().keySet().stream()
                .map(ProcessHandle::of)
                .flatMap(Optional::stream)
                .forEach(ProcessHandle::destroyForcibly);
    }
}
