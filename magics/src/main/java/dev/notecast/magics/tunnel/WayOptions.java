package dev.notecast.magics.tunnel;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What people can say about the tunnel that they want. */
final class WayOptions {
    @Option(
            names = "--host",
            paramLabel = "[USER@]SERVER[:PORT]",
            description = "ssh: the server, such as your own or localhost.run.")
    private String host;

    @Option(
            names = "--remote-port",
            paramLabel = "PORT",
            description = "ssh: where the server listens (default 0: any free port there; 80 at a service).")
    private Integer remotePort;

    @Option(
            names = "--remote-tcp-port",
            paramLabel = "PORT",
            description =
                    "ssh: where the server listens for WebRTC over TCP, for viewers whose UDP does not come through;"
                            + " 0 for any free port. ngrok: any number asks for a TCP address.")
    private Integer remoteTcpPort;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "ssh: where HTTP is reached, when a web server there passes it on.")
    private URI publicUrl;

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "ssh: the private key to log in with (default those in ~/.ssh).")
    private Path identity;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "ssh: the server keys that are trusted (default ~/.ssh/known_hosts).")
    private Path knownHosts;

    @Option(names = "--domain", paramLabel = "NAME", description = "ngrok: the name that your account has reserved.")
    private String domain;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "cloudflared, ngrok: where the token is (default in CLOUDFLARED_TOKEN, NGROK_AUTHTOKEN).")
    private Path tokenFile;

    @Option(
            names = "--program",
            paramLabel = "FILE",
            description = "cloudflared: where the program is, when it is not on PATH.")
    private Path program;

    @Option(
            names = "--local-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where on this machine the tunnel leads (default any free port).")
    private int localPort;

    Optional<String> host() {
        return Optional.ofNullable(host);
    }

    Optional<Integer> remotePort() {
        return Optional.ofNullable(remotePort);
    }

    OptionalInt remoteTcpPort() {
        return remoteTcpPort == null ? OptionalInt.empty() : OptionalInt.of(remoteTcpPort);
    }

    Optional<URI> publicUrl() {
        return Optional.ofNullable(publicUrl);
    }

    Optional<Path> identity() {
        return Optional.ofNullable(identity);
    }

    Optional<Path> knownHosts() {
        return Optional.ofNullable(knownHosts);
    }

    Optional<String> domain() {
        return Optional.ofNullable(domain);
    }

    Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }

    Optional<Path> program() {
        return Optional.ofNullable(program);
    }

    int localPort() {
        return localPort;
    }
}
