package dev.notecast.e2e.net;

import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A TURN server on a network of the test's: UDP and TCP on 3478, TLS on 443. */
public final class TurnHost implements AutoCloseable {
    public static final String USER = "cast";
    public static final String PASSWORD = "turn-pass-word";

    private static final List<String> ACCOUNT = List.of("lt-cred-mech", "user=" + USER + ":" + PASSWORD);

    private final ChildProcess process;
    private final String address;
    private final int port;
    private final int tlsPort;
    private final Path trustStore;

    private TurnHost(ChildProcess process, String address, int port, int tlsPort, Path trustStore) {
        this.process = process;
        this.address = address;
        this.port = port;
        this.tlsPort = tlsPort;
        this.trustStore = trustStore;
    }

    /** Skips the test where there is no coturn. @param folder for its files */
    public static TurnHost startIn(Namespace network, String address, Path folder) {
        return startIn(network, address, folder, ACCOUNT);
    }

    /** The same on a second address, too, from which it answers who asks for that (RFC 5780), on port 3479 as well. */
    public static TurnHost startIn(Namespace network, String address, String second, Path folder) {
        List<String> lines = new ArrayList<>(ACCOUNT);
        lines.addAll(List.of("listening-ip=" + second, "alt-listening-port=3479"));
        return startIn(network, address, folder, lines);
    }

    private static TurnHost startIn(Namespace network, String address, Path folder, List<String> further) {
        return start(network.enter(), address, "IP:" + address, 3478, 443, folder, further);
    }

    /**
     * On loopback, at free ports, with a certificate for {@code localhost}. Skips the test where there is no coturn.
     *
     * @param folder for its files
     * @param options further lines of its configuration; with {@code use-auth-secret} it has no user of its own
     */
    public static TurnHost startHere(Path folder, String... options) {
        List<String> lines = new ArrayList<>(List.of(options));
        lines.add("allow-loopback-peers");
        if (!lines.contains("use-auth-secret")) {
            lines.addAll(ACCOUNT);
        }
        return start(List.of(), "127.0.0.1", "DNS:localhost", freePort(), freePort(), folder, lines);
    }

    private static int freePort() {
        for (int i = 0; i < 50; i++) {
            try (ServerSocket tcp = new ServerSocket(0);
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort())) {
                return udp.getLocalPort();
            } catch (IOException e) {
                // taken on UDP: another one
            }
        }
        throw new IllegalStateException("no port is free for both protocols");
    }

    private static TurnHost start(
            List<String> enter,
            String address,
            String certified,
            int port,
            int tlsPort,
            Path folder,
            List<String> further) {
        Path program = Tools.coturn();
        Path certificate = folder.resolve("turn-cert.pem");
        Path key = folder.resolve("turn-key.pem");
        Path trustStore = folder.resolve("turn-trust.p12");
        Namespace.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=turn",
                "-addext",
                "subjectAltName=" + certified,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
        Namespace.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                "turn",
                "-file",
                certificate.toString(),
                "-keystore",
                trustStore.toString(),
                "-storepass",
                "changeit"));
        Path config = folder.resolve("turnserver.conf");
        try {
            List<String> lines = new ArrayList<>(List.of(
                    "listening-ip=" + address,
                    "listening-port=" + port,
                    "tls-listening-port=" + tlsPort,
                    "relay-ip=" + address,
                    "realm=notecast.test",
                    "cert=" + certificate,
                    "pkey=" + key,
                    "userdb=" + folder.resolve("turn-db"),
                    "pidfile=" + folder.resolve("turn-pid"),
                    "log-file=stdout",
                    "simple-log",
                    "verbose",
                    "no-cli",
                    "no-dtls",
                    "relay-threads=1"));
            lines.addAll(further);
            Files.write(config, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(enter);
        command.addAll(List.of(program.toString(), "-c", config.toString()));
        ChildProcess process = ChildProcess.start("coturn", folder, Map.of(), command);
        process.awaitLine(
                "that it listens",
                Duration.ofSeconds(30),
                line -> line.contains("TLS/TCP listener opened") ? Optional.of(line) : Optional.empty());
        return new TurnHost(process, address, port, tlsPort, trustStore);
    }

    /** Its URIs with user name and password: STUN, TURN by UDP, by TCP, by TLS. */
    public List<String> iceServers() {
        String account = " " + USER + " " + PASSWORD;
        return List.of(
                "stun:" + address + ":" + port + " - -",
                "turn:" + address + ":" + port + account,
                "turn:" + address + ":" + port + "?transport=tcp" + account,
                "turns:" + address + ":" + tlsPort + account);
    }

    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    /** Holds its certificate. */
    public Path trustStore() {
        return trustStore;
    }

    /** What it has written. */
    public List<String> log() {
        return process.lines();
    }

    @Override
    public void close() {
        process.close();
    }
}
