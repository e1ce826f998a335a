package dev.notecast.magics.doctor;

import dev.notecast.media.relay.IceServer;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.doctor.Targets;
import dev.notecast.server.ice.IceEntry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whom the doctor asks, where the servers in use and the defaults are not the right ones. */
public final class DoctorOptions {
    @Option(
            names = "--ask",
            paramLabel = "stun:HOST[:PORT]",
            description = "STUN server to ask, instead of those in use and the defaults; can be repeated.")
    private List<String> stun = new ArrayList<>();

    @Option(
            names = "--tcp",
            paramLabel = "HOST:PORT",
            description = "Where to connect to by TCP (default a TURN server in use, or Cloudflare's).")
    private String tcp;

    @Option(
            names = "--web",
            paramLabel = "URL",
            description = "Page that tells whether the web is reached, and the time (default Cloudflare's).")
    private String web;

    /** Made by the command line parser. */
    public DoctorOptions() {}

    /** @throws IllegalArgumentException with one friendly line when a value is of no use */
    public Targets targets(Optional<Notecast> server) {
        List<IceServer> inUse = server.stream()
                .flatMap(running -> running.ice().list().stream())
                .map(IceEntry::server)
                .toList();
        Targets usual = Targets.of(inUse, ServerConfig.DEFAULT.stunServers());
        return new Targets(
                stun.isEmpty()
                        ? usual.stun()
                        : stun.stream()
                                .map(uri -> IceServer.parse(uri, "", "", Instant.MAX))
                                .toList(),
                tcp == null ? usual.tcp() : Optional.of(place(tcp)),
                web == null ? usual.web() : Optional.of(page(web)));
    }

    private static InetSocketAddress place(String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                return InetSocketAddress.createUnresolved(
                        text.substring(0, colon).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "'" + text + "' names no host with a port: give --tcp turn.example.org:3478");
    }

    private static URI page(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException("'" + text + "' is no page: give --web https://example.org/");
    }
}
