package dev.notecast.magics.tunnel;

import dev.notecast.magics.MagicException;
import dev.notecast.server.tunnel.Programs;
import dev.notecast.server.tunnel.TunnelProvider;
import dev.notecast.server.tunnel.cloudflared.Cloudflared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the provider of each kind from what was asked for and from what there is on this machine.
 *
 * @param environment {@link System#getenv()}, or a test's
 */
record Ways(WayOptions options, Map<String, String> environment) {
    private static final String CLOUDFLARED_TOKEN = "CLOUDFLARED_TOKEN";

    /** @throws MagicException with what is missing, and how to get it */
    TunnelProvider provider(Kind kind) {
        return switch (kind) {
            case CLOUDFLARED -> cloudflared();
            case AUTO, NONE -> throw new IllegalArgumentException(kind + " is no provider");
        };
    }

    private Cloudflared cloudflared() {
        Path program = options.program()
                .map(Ways::executable)
                .or(() -> Programs.find("cloudflared", environment.getOrDefault("PATH", "")))
                .orElseThrow(() -> new MagicException("cloudflared is not installed: get it from Cloudflare's package"
                        + " repository (pkg.cloudflare.com) or from its releases on GitHub, check its SHA-256"
                        + " there, put it on PATH or name it with --program FILE"));
        return new Cloudflared(program, token(CLOUDFLARED_TOKEN));
    }

    private static Path executable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new MagicException("'" + file + "' is no program that can be run: --program names the file itself");
        }
        return file.toAbsolutePath();
    }

    private Optional<String> token(String variable) {
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
