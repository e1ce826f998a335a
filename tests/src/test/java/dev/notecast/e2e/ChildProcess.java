package dev.notecast.e2e;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A program under test with its lines of output; closing it leaves neither it nor its children. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread collector;
    private final String name;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        collector = Thread.ofVirtual().name("notecast-test-output").start(this::collect);
    }

    /** Starts a program; output and errors come together in {@link #lines()}. */
    public static ChildProcess start(String name, Path folder, Map<String, String> environment, List<String> command) {
        return start(name, folder, environment, command, ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    /** Like {@link #start}, for a program that is told things with {@link #writeLine}. */
    public static ChildProcess startWithInput(
            String name, Path folder, Map<String, String> environment, List<String> command) {
        return start(name, folder, environment, command, ProcessBuilder.Redirect.PIPE);
    }

    private static ChildProcess start(
            String name,
            Path folder,
            Map<String, String> environment,
            List<String> command,
            ProcessBuilder.Redirect input) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true).redirectInput(input);
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    /** Writes to its input; one thread at a time. */
    public void writeLine(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " takes no input; its output: " + String.join("\n", lines), e);
        }
    }

    private void collect() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(end of output: " + e.getMessage() + ")");
        }
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public Process process() {
        return process;
    }

    /** Waits for a line of output; fails with all output when the process ends first. */
    public <T> T awaitLine(String what, Duration deadline, Function<String, Optional<T>> wanted) {
        try {
            return Await.value(name + " to print " + what, deadline, () -> {
                boolean alive = process.isAlive();
                if (!alive) {
                    awaitOutput();
                }
                Optional<T> found =
                        lines.stream().map(wanted).flatMap(Optional::stream).findFirst();
                if (found.isEmpty() && !alive) {
                    throw new AssertionError(name + " ended with " + process.exitValue());
                }
                return found;
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; its output: " + String.join("\n", lines), e);
        }
    }

    /** Waits until it ends by itself, and for what it has written until then. */
    public int awaitExit(Duration deadline) {
        try {
            int code = process.onExit()
                    .get(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .exitValue();
            awaitOutput();
            return code;
        } catch (TimeoutException e) {
            throw new AssertionError(
                    name + " still runs after " + deadline.toSeconds() + " s; its output: " + String.join("\n", lines));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its children may keep the output open. */
    private void awaitOutput() {
        try {
            collector.join(LAST_OUTPUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM, then the exit code. */
    public int terminate(Duration deadline) {
        process.destroy();
        return awaitExit(deadline);
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        await(process.onExit());
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroy);
        children.forEach(child -> await(child.onExit()));
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static void await(CompletableFuture<?> end) {
        try {
            end.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // the caller kills it next
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
