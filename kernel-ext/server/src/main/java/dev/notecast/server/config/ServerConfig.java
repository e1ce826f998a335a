package dev.notecast.server.config;

import dev.notecast.media.path.PathName;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.webrtc.IceOptions;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How the server is started.
 *
 * @param host address that HTTP listens on; media UDP always binds the wildcard
 * @param httpPort port of all HTTP, 0 for any free one
 * @param udpPort port of all WebRTC media, 0 for any free one
 * @param ice media over TCP, and addresses to announce
 * @param token who needs a token
 * @param defaultPath the path behind {@code /stream.mjpg} and {@code /snapshot.jpg}
 * @param allowedHosts names that requests may carry in {@code Host} besides loopback and {@code host}, without port
 * @param stunServers STUN URIs that the server and its clients use unless told otherwise, such as {@code
 *     stun:stun.example.org:3478}
 * @param takeover whether a new publisher replaces the one that has its path
 * @param ooblexPorts whether it listens on {@link #OOBLEX_PORTS} too
 */
public record ServerConfig(
        String host,
        int httpPort,
        int udpPort,
        IceOptions ice,
        TokenMode token,
        PathName defaultPath,
        List<String> allowedHosts,
        List<String> stunServers,
        boolean takeover,
        boolean ooblexPorts,
        Limits limits) {
    /** Where clients of Ooblex look for a server: plain HTTP, and HTTPS. */
    public static final List<Integer> OOBLEX_PORTS = List.of(8081, 8443);

    private static final Pattern HOST = Pattern.compile("\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+|[0-9A-Fa-f:]+");

    /**
     * How much the server carries; more is refused.
     *
     * @param maxSessions WebRTC publishers and viewers
     * @param maxReaders of one path
     */
    public record Limits(int maxSessions, int maxReaders) {
        public static final Limits DEFAULT = new Limits(4096, 4096);

        public Limits {
            check("sessions", maxSessions);
            check("readers", maxReaders);
        }

        private static void check(String what, int max) {
            if (max < 1 || max > 65_536) {
                throw new IllegalArgumentException("a limit of " + max + " " + what + " is not 1 to 65536");
            }
        }
    }

    public static final ServerConfig DEFAULT = new ServerConfig(
            "127.0.0.1",
            8889,
            8189,
            IceOptions.DEFAULT,
            new TokenMode.Auto(),
            new PathName("live"),
            List.of(),
            StunList.byDefault(System.getenv()),
            false,
            false,
            Limits.DEFAULT);

    public ServerConfig {
        checkPort("HTTP", httpPort);
        checkPort("UDP", udpPort);
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host is empty: give an address such as 127.0.0.1");
        }
        allowedHosts = List.copyOf(allowedHosts);
        allowedHosts.forEach(ServerConfig::checkName);
        stunServers = List.copyOf(stunServers);
        stunServers.forEach(ServerConfig::checkStun);
    }

    /** What HTTP listens on besides {@link #httpPort}. */
    public List<Integer> furtherPorts() {
        return ooblexPorts
                ? OOBLEX_PORTS.stream().filter(port -> port != httpPort).toList()
                : List.of();
    }

    public ServerConfig withHost(String value) {
        return with(copy -> copy.host = value);
    }

    public ServerConfig withHttpPort(int value) {
        return with(copy -> copy.httpPort = value);
    }

    public ServerConfig withUdpPort(int value) {
        return with(copy -> copy.udpPort = value);
    }

    public ServerConfig withIce(IceOptions value) {
        return with(copy -> copy.ice = value);
    }

    public ServerConfig withToken(TokenMode value) {
        return with(copy -> copy.token = value);
    }

    public ServerConfig withDefaultPath(PathName value) {
        return with(copy -> copy.defaultPath = value);
    }

    public ServerConfig withAllowedHosts(List<String> value) {
        return with(copy -> copy.allowedHosts = value);
    }

    public ServerConfig withStunServers(List<String> value) {
        return with(copy -> copy.stunServers = value);
    }

    public ServerConfig withTakeover(boolean value) {
        return with(copy -> copy.takeover = value);
    }

    public ServerConfig withOoblexPorts(boolean value) {
        return with(copy -> copy.ooblexPorts = value);
    }

    public ServerConfig withLimits(Limits value) {
        return with(copy -> copy.limits = value);
    }

    private ServerConfig with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.config();
    }

    /** Anything else would never be equal to the name in a request's {@code Host}. */
    private static void checkName(String name) {
        if (!HOST.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no host name: give one such as camera.example.org, without http:// and without a port");
        }
    }

    private static void checkStun(String uri) {
        if (!(IceServer.parse(uri, "", "", Instant.MAX) instanceof StunServer)) {
            throw new IllegalArgumentException("'" + uri + "' is no STUN server: TURN servers come with '%ice add'");
        }
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    name + " port " + port + " is not a port: take 1 to 65535, or 0 for any");
        }
    }

    /** A configuration while one thing of it is changed. */
    private static final class Copy {
        private String host;
        private int httpPort;
        private int udpPort;
        private IceOptions ice;
        private TokenMode token;
        private PathName defaultPath;
        private List<String> allowedHosts;
        private List<String> stunServers;
        private boolean takeover;
        private boolean ooblexPorts;
        private Limits limits;

        Copy(ServerConfig from) {
            host = from.host;
            httpPort = from.httpPort;
            udpPort = from.udpPort;
            ice = from.ice;
            token = from.token;
            defaultPath = from.defaultPath;
            allowedHosts = from.allowedHosts;
            stunServers = from.stunServers;
            takeover = from.takeover;
            ooblexPorts = from.ooblexPorts;
            limits = from.limits;
        }

        ServerConfig config() {
            return new ServerConfig(
                    host,
                    httpPort,
                    udpPort,
                    ice,
                    token,
                    defaultPath,
                    allowedHosts,
                    stunServers,
                    takeover,
                    ooblexPorts,
                    limits);
        }
    }
}
