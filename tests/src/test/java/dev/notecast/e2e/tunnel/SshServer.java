package dev.notecast.e2e.tunnel;

import dev.notecast.e2e.Await;
import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenSSH's server on loopback with keys of its own, which lets one key of the test's in, to forward ports and no more. */
final class SshServer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Path sshd = Tools.sshd();
    private final Path folder;
    private final int port = freePort();
    private ChildProcess process;

    SshServer(Path folder) {
        this.folder = folder;
        generate("host");
        generate("user");
        generate("stranger");
        write("authorized_keys", read("user.pub"));
    }

    /** Starts it, or starts it again on the same port. */
    SshServer start(String... further) {
        List<String> lines = new ArrayList<>(List.of(
                "ListenAddress 127.0.0.1",
                "Port " + port,
                "HostKey " + folder.resolve("host"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "AllowTcpForwarding remote",
                "PidFile none",
                "LogLevel VERBOSE"));
        lines.addAll(List.of(further));
        write("sshd_config", String.join("\n", lines) + "\n");
        try {
            Files.createDirectories(Path.of("/run/sshd")); // where the package's own service has it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = ChildProcess.start(
                "sshd",
                folder,
                Map.of(),
                List.of(
                        sshd.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString()));
        Await.condition("sshd to listen", DEADLINE, this::listens);
        return this;
    }

    private boolean listens() {
        if (!process.process().isAlive()) {
            throw new AssertionError("sshd ended: " + String.join("\n", process.lines()));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@code --host} takes it. */
    String address() {
        return System.getProperty("user.name") + "@127.0.0.1:" + port;
    }

    Path key(String name) {
        return folder.resolve(name);
    }

    /** A known_hosts file with the key of this name. */
    Path knownHosts(String hostKey) {
        write("known_hosts", "[127.0.0.1]:" + port + " " + read(hostKey + ".pub"));
        return folder.resolve("known_hosts");
    }

    private void generate(String name) {
        try (ChildProcess keygen = ChildProcess.start(
                "ssh-keygen",
                folder,
                Map.of(),
                List.of(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        folder.resolve(name).toString()))) {
            if (keygen.awaitExit(DEADLINE) != 0) {
                throw new AssertionError("ssh-keygen failed: " + String.join("\n", keygen.lines()));
            }
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and all that it carries, at once. */
    @Override
    public void close() {
        if (process != null) {
            process.process().descendants().forEach(ProcessHandle::destroyForcibly);
            process.close();
        }
    }
}
