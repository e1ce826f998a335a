package dev.notecast.magics.tunnel;

import dev.notecast.magics.MagicException;
import dev.notecast.magics.SecretFile;
import dev.notecast.server.tunnel.Programs;
import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.server.tunnel.TunnelProvider;
import dev.notecast.server.tunnel.cloudflared.Cloudflared;
import dev.notecast.server.tunnel.cloudflared.CloudflaredDownload;
import dev.notecast.server.tunnel.ngrok.Ngrok;
import dev.notecast.server.tunnel.ssh.SshOptions;
import dev.notecast.server.tunnel.ssh.SshTarget;
import dev.notecast.server.tunnel.ssh.SshTunnel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes the provider of each kind from what was asked for and from what there is on this machine.
 *
 * @param environment {@link System#getenv()}, or a test's
 * @param progress told what takes long
 */
record Ways(WayOptions options, Map<String, String> environment, Consumer<String> progress) {
    private static final String COLAB_PROXY =
            "Colab's own proxy lets only yourself look, and publishes nothing: '%sfu view"
                    + " live' shows the video in the cell without it; others need cloudflared, ngrok or ssh";
    private static final String CLOUDFLARED_TOKEN = "CLOUDFLARED_TOKEN";
    private static final String NGROK_TOKEN = "NGROK_AUTHTOKEN";

    /** @throws MagicException with what is missing, and how to get it */
    TunnelProvider provider(Kind kind) {
        return switch (kind) {
            case CLOUDFLARED -> cloudflared();
            case NGROK -> ngrok();
            case SSH -> ssh();
            case COLAB -> throw new MagicException(COLAB_PROXY);
            case AUTO, NONE -> throw new IllegalArgumentException(kind + " is no provider");
        };
    }

    private Cloudflared cloudflared() {
        Path program = options.program()
                .map(Ways::executable)
                .or(() -> Programs.find("cloudflared", environment.getOrDefault("PATH", "")))
                .orElseGet(this::fetched);
        return new Cloudflared(program, token(CLOUDFLARED_TOKEN));
    }

    private Path fetched() {
        String own = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = own.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(own);
        try {
            return new CloudflaredDownload(caches.resolve("notecast")).get(progress);
        } catch (TunnelException e) {
            throw new MagicException(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MagicException("interrupted");
        }
    }

    private Ngrok ngrok() {
        String token = token(NGROK_TOKEN)
                .orElseThrow(() -> new MagicException("ngrok needs your account's token: put it into " + NGROK_TOKEN
                        + " before the notebook starts, or into a file that only you can read and name"
                        + " it by --token-file"));
        return new Ngrok(token, options.domain(), options.remoteTcpPort().isPresent());
    }

    private SshTunnel ssh() {
        String host = options.host()
                .orElseThrow(() -> new MagicException(
                        "ssh needs a server: --host me@server.example.org, or --host" + " localhost.run"));
        SshTarget target = SshTarget.parse(host, System.getProperty("user.name"));
        Path folder = Path.of(System.getProperty("user.home"), ".ssh");
        return new SshTunnel(new SshOptions(
                target,
                folder,
                options.knownHosts().orElse(folder.resolve("known_hosts")),
                options.identity(),
                options.remotePort().orElse(target.printsItsAddress() ? 80 : 0),
                options.remoteTcpPort(),
                options.publicUrl().map(Ways::withSlash)));
    }

    private static URI withSlash(URI url) {
        if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme()) || url.getHost() == null) {
            throw new MagicException(
                    "'" + url + "' is no address of the web: give one such as https://cam.example.org");
        }
        return url.getPath().endsWith("/") ? url : URI.create(url + "/");
    }

    private static Path executable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new MagicException("'" + file + "' is no program that can be run: --program names the file itself");
        }
        return file.toAbsolutePath();
    }

    private Optional<String> token(String variable) {
        return options.tokenFile()
                .map(SecretFile::read)
                .or(() -> Optional.ofNullable(environment.get(variable)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
