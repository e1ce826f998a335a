package dev.notecast.magics.tunnel;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What people can say about the tunnel that they want. */
final class WayOptions {
    @Option(names = "--program", paramLabel = "FILE", description = "Where cloudflared is, when it is not on PATH.")
    private Path program;

    @Option(
            names = "--local-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where on this machine the tunnel leads (default any free port).")
    private int localPort;

    Optional<Path> program() {
        return Optional.ofNullable(program);
    }

    int localPort() {
        return localPort;
    }
}
