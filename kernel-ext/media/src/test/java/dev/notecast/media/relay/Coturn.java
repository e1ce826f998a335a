package dev.notecast.media.relay;

import dev.notecast.media.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;

/** Debian's TURN server on loopback, with a certificate for {@code localhost} that nobody has signed. */
public final class Coturn implements AutoCloseable {
    public static final String USER = "cast";
    public static final String PASSWORD = "a secret";

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private final Process process;

    private Coturn(Path folder, int port, int tlsPort, Process process) {
        this.folder = folder;
        this.port = port;
        this.tlsPort = tlsPort;
        this.process = process;
    }

    /** Skips the test where there is no coturn. @param options further lines of its configuration */
    public static Coturn start(Path folder, String... options) {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/turnserver")) && Files.isExecutable(Path.of("/usr/bin/openssl")),
                "coturn or openssl not found");
        List<String> lines = new ArrayList<>(List.of(options));
        if (lines.stream().noneMatch(line -> line.equals("use-auth-secret"))) {
            lines.add("lt-cred-mech");
            lines.add("user=" + USER + ":" + PASSWORD);
        }
        return start(folder, lines);
    }

    private static Coturn start(Path folder, List<String> options) {
        try {
            int port = freePort();
            int tlsPort = freePort();
            run(
                    folder,
                    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
                            + " -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem");
            List<String> lines = new ArrayList<>(List.of(
                    "listening-ip=127.0.0.1",
                    "listening-port=" + port,
                    "tls-listening-port=" + tlsPort,
                    "relay-ip=127.0.0.1",
                    "allow-loopback-peers",
                    "realm=notecast.test",
                    "cert=" + folder.resolve("cert.pem"),
                    "pkey=" + folder.resolve("key.pem"),
                    "userdb=" + folder.resolve("db"),
                    "pidfile=" + folder.resolve("pid"),
                    "log-file=stdout",
                    "simple-log",
                    "verbose",
                    "no-cli",
                    "no-dtls",
                    "fingerprint",
                    "relay-threads=1"));
            lines.addAll(options);
            Files.write(folder.resolve("turnserver.conf"), lines);
            return launch(folder, port, tlsPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Coturn launch(Path folder, int port, int tlsPort) throws IOException {
        Process process = new ProcessBuilder(
                        "turnserver", "-c", folder.resolve("turnserver.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Coturn coturn = new Coturn(folder, port, tlsPort, process);
        try {
            Await.until("coturn to listen", () -> listens(port) && listens(tlsPort));
        } catch (AssertionError | RuntimeException e) {
            coturn.close();
            throw new AssertionError(coturn.log(), e);
        }
        return coturn;
    }

    /** After {@link #close}: another one on the same ports, which knows nothing of the first. */
    public Coturn startAgain() {
        try {
            return launch(folder, port, tlsPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (ServerSocket tcp = new ServerSocket(0);
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort())) {
                return udp.getLocalPort();
            } catch (java.net.BindException e) {
                // taken on UDP: another one
            }
        }
        throw new IOException("no port is free for both protocols");
    }

    private static void run(Path folder, String command) throws IOException {
        Process process = new ProcessBuilder(command.split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(Files.readString(folder.resolve("openssl.log")), new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public TurnServer server(TurnTransport transport) {
        return server(transport, USER, PASSWORD);
    }

    public TurnServer server(TurnTransport transport, String user, String password) {
        boolean tls = transport == TurnTransport.TLS;
        return new TurnServer(
                tls ? "localhost" : "127.0.0.1", tls ? tlsPort : port, transport, user, password, Instant.MAX);
    }

    public StunServer stun() {
        return new StunServer("127.0.0.1", port);
    }

    /** Trusts its certificate, and no other. */
    public SSLContext trusted() {
        try (InputStream in = Files.newInputStream(folder.resolve("cert.pem"))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "coturn", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
