package dev.notecast.magics;

import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.IceOptions;
import dev.notecast.media.webrtc.TcpMode;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.StunList;
import dev.notecast.server.config.TokenMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code %sfu start} and of {@code install/notecast serve}. */
public final class StartOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "All of HTTP (default 8889; 0 takes any free one).")
    private int port = ServerConfig.DEFAULT.httpPort();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Address that HTTP listens on (default 127.0.0.1); 0.0.0.0 lets other machines in, with a token.")
    private String host = ServerConfig.DEFAULT.host();

    @Option(
            names = "--udp-port",
            paramLabel = "PORT",
            description = "All WebRTC media (default 8189; 0 takes any free one).")
    private int udpPort = ServerConfig.DEFAULT.udpPort();

    @Option(
            names = "--tcp-port",
            paramLabel = "PORT|off",
            description = "WebRTC over TCP, for networks that block UDP (default the UDP port's number,"
                    + " or the next free one where HTTP has that).")
    private String tcpPort;

    @Option(names = "--rtsp-port", paramLabel = "PORT", description = "RTSP (default 8554).")
    private Integer rtspPort;

    @Option(names = "--hls-port", paramLabel = "PORT", description = "HLS (default 8888).")
    private Integer hlsPort;

    @Option(
            names = "--public-ip",
            paramLabel = "IP[,IP]",
            description = "Addresses to announce besides this machine's own, such as the router's.")
    private String publicIp;

    @Option(
            names = "--stun",
            paramLabel = "none|URI[,URI]",
            description = "Whom to ask for this machine's address on the internet (default Google's and Cloudflare's"
                    + " STUN servers, or what NOTECAST_STUN says); '%%ice' changes it later.")
    private String stun;

    @Option(
            names = "--token",
            paramLabel = "auto|none|SECRET",
            description =
                    "What opens the server to others: 'auto' makes a token, 'none' serves this machine only,"
                            + " a SECRET of your own has 12 characters or more: long and random, since it alone keeps guessers out.")
    private String token = "auto";

    @Option(
            names = "--tls",
            paramLabel = "self|CERT,KEY",
            description = "HTTPS with a self-signed or a given certificate.")
    private String tls;

    @Option(names = "--config", paramLabel = "FILE", description = "Read options from a file.")
    private String configFile;

    @Option(
            names = "--default-path",
            paramLabel = "PATH",
            converter = PathNameConverter.class,
            description = "The path behind /stream.mjpg and /snapshot.jpg (default live).")
    private PathName defaultPath = ServerConfig.DEFAULT.defaultPath();

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A further name under which requests may come; can be repeated.")
    private List<String> allowedHosts = new ArrayList<>();

    @Option(names = "--takeover", description = "A new publisher replaces the one that has its path.")
    private boolean takeover;

    @Option(
            names = "--max-sessions",
            paramLabel = "COUNT",
            description = "WebRTC publishers and viewers in all (default 4096).")
    private int maxSessions = ServerConfig.DEFAULT.limits().maxSessions();

    @Option(names = "--max-readers", paramLabel = "COUNT", description = "Viewers of one path (default 4096).")
    private int maxReaders = ServerConfig.DEFAULT.limits().maxReaders();

    @Option(names = "--ooblex", description = "Also listen on 8081 and 8443 for Ooblex clients.")
    private boolean ooblex;

    /** Made by the command line parser. */
    public StartOptions() {}

    /** @throws IllegalArgumentException with one friendly line when a value is out of range */
    public ServerConfig config() {
        ServerConfig config = ServerConfig.DEFAULT
                .withHost(host)
                .withHttpPort(port)
                .withUdpPort(udpPort)
                .withIce(ice())
                .withToken(TokenMode.parse(token))
                .withDefaultPath(defaultPath)
                .withAllowedHosts(allowedHosts)
                .withTakeover(takeover)
                .withOoblexPorts(ooblex)
                .withLimits(new ServerConfig.Limits(maxSessions, maxReaders));
        return stun == null ? config : config.withStunServers(StunList.parse(stun));
    }

    private IceOptions ice() {
        IceOptions options = ServerConfig.DEFAULT.ice();
        options = tcpPort == null ? options : options.withTcp(TcpMode.parse(tcpPort));
        return publicIp == null ? options : options.withAnnounced(publicIp);
    }

    /** One line for each given option whose protocol is not in this version. */
    public List<String> withoutEffect() {
        List<String> lines = new ArrayList<>();
        note(lines, "--rtsp-port", rtspPort, "RTSP");
        note(lines, "--hls-port", hlsPort, "HLS");
        note(lines, "--tls", tls, "HTTPS");
        note(lines, "--config", configFile, "configuration files");
        if (ooblex) {
            lines.add("--ooblex: port 8443 speaks plain HTTP, since this version comes without HTTPS");
        }
        return lines;
    }

    private static void note(List<String> lines, String option, Object given, String what) {
        Optional.ofNullable(given)
                .ifPresent(value -> lines.add(option + " has no effect yet: this version comes without " + what));
    }
}
