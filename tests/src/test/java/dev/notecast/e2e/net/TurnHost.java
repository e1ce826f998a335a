package dev.notecast.e2e.net;

import dev.notecast.e2e.ChildProcess;
import dev.notecast.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A TURN server on a network of the test's: UDP and TCP on 3478, TLS on 443. */
public final class TurnHost implements AutoCloseable {
    private static final String USER = "cast";
    private static final String PASSWORD = "secret";

    private final ChildProcess process;
    private final String address;
    private final Path trustStore;

    private TurnHost(ChildProcess process, String address, Path trustStore) {
        this.process = process;
        this.address = address;
        this.trustStore = trustStore;
    }

    /** Skips the test where there is no coturn. @param folder for its files */
    public static TurnHost startIn(Namespace network, String address, Path folder) {
        return startIn(network, address, folder, List.of());
    }

    /** The same on a second address, too, from which it answers who asks for that (RFC 5780), on port 3479 as well. */
    public static TurnHost startIn(Namespace network, String address, String second, Path folder) {
        return startIn(network, address, folder, List.of("listening-ip=" + second, "alt-listening-port=3479"));
    }

    private static TurnHost startIn(Namespace network, String address, Path folder, List<String> further) {
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
                "subjectAltName=IP:" + address,
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
                    "listening-port=3478",
                    "tls-listening-port=443",
                    "relay-ip=" + address,
                    "realm=notecast.test",
                    "lt-cred-mech",
                    "user=" + USER + ":" + PASSWORD,
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
        List<String> command = new ArrayList<>(network.enter());
        command.addAll(List.of(program.toString(), "-c", config.toString()));
        ChildProcess process = ChildProcess.start("coturn", folder, Map.of(), command);
        process.awaitLine(
                "that it listens",
                Duration.ofSeconds(30),
                line -> line.contains("TLS/TCP listener opened") ? Optional.of(line) : Optional.empty());
        return new TurnHost(process, address, trustStore);
    }

    /** Its URIs with user name and password: STUN, TURN by UDP, by TCP, by TLS. */
    public List<String> iceServers() {
        String account = " " + USER + " " + PASSWORD;
        return List.of(
                "stun:" + address + ":3478 - -",
                "turn:" + address + ":3478" + account,
                "turn:" + address + ":3478?transport=tcp" + account,
                "turns:" + address + ":443" + account);
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
