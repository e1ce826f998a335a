package dev.notecast.e2e.browser;

import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** JupyterLab as the launcher starts it, on a folder and a port of its own, with no settings of the user's. */
public final class JupyterLab implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(120);

    private final ChildProcess process;
    private final int port = freePort();
    private final String token = UUID.randomUUID().toString();

    /** Skips the test when the kernel's environment is missing. */
    public JupyterLab(Path folder, Path settings) {
        List<String> command = new ArrayList<>(List.of(
                Tools.python().toString(),
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                "--ServerApp.port=" + port,
                "--ServerApp.port_retries=0",
                "--ServerApp.root_dir=" + folder));
        Map<String, String> environment = Map.of(
                "HOME", settings.toString(),
                "JUPYTER_CONFIG_DIR", settings.toString(),
                "JUPYTER_TOKEN", token);
        process = ChildProcess.start("JupyterLab", folder, environment, command);
        try {
            process.awaitLine(
                    "its address",
                    START_DEADLINE,
                    line -> line.contains("127.0.0.1:" + port) ? Optional.of(line) : Optional.empty());
        } catch (AssertionError e) {
            process.close();
            throw e;
        }
    }

    public URI notebook(String name) {
        return URI.create("http://127.0.0.1:" + port + "/lab/tree/" + name + "?token=" + token);
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
