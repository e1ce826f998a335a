package dev.notecast.server.tunnel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that a tunnel runs. It ends with {@link #close}, and with this JVM however that ends: a shell between them
 * holds the other end of a pipe and ends the program when the pipe closes. Any thread.
 */
public final class ChildProgram implements AutoCloseable {
    private static final int MAX_LINE = 8192; // the rest of a longer one is dropped
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final String KEEPER =
            """
            exec 3<&0
            "$@" 3<&- </dev/null &
            child=$!
            exec 2>/dev/null
            (read -r _ <&3; kill "$child") >/dev/null &
            watch=$!
            trap 'kill "$child"' TERM INT HUP
            exec 3<&-
            wait "$child"; code=$?
            while kill -0 "$child"; do wait "$child"; code=$?; done
            kill "$watch"
            exit "$code"
            """;

    private final Process process;
    private final CompletableFuture<Integer> exit;

    private ChildProgram(Process process, Consumer<String> lines) {
        this.process = process;
        CompletableFuture<Void> read = new CompletableFuture<>();
        Thread.ofVirtual().name("notecast-tunnel-output").start(() -> {
            read(process.getInputStream(), lines);
            read.complete(null);
        });
        // its last words first
        exit = process.onExit()
                .thenCombine(read.completeOnTimeout(null, 40, TimeUnit.SECONDS), (end, all) -> end.exitValue());
    }

    /**
     * @param environment added to this JVM's; an empty value takes a variable away
     * @param lines takes what it prints, of both streams, without line ends
     * @throws TunnelException when it cannot be started
     */
    public static ChildProgram start(
            Path program, List<String> arguments, Map<String, String> environment, Consumer<String> lines)
            throws TunnelException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", KEEPER, "sh", program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        try {
            return new ChildProgram(builder.start(), lines);
        } catch (IOException e) {
            throw TunnelException.lasting("cannot run " + program + ": " + e.getMessage());
        }
    }

    /** Its exit code, 128 and more when a signal ended it; comes after all its lines. */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    private static void read(InputStream output, Consumer<String> lines) {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        try (InputStream in = new BufferedInputStream(output)) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
                    length = 0;
                } else if (length < MAX_LINE) {
                    line[length++] = (byte) b;
                }
            }
        } catch (IOException e) {
            // it is gone
        }
        if (length > 0) {
            lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
        }
    }

    /** Ends it, if need be by force. */
    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it is gone
        }
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
