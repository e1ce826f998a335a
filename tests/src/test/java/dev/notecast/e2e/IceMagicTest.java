package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.notecast.e2e.net.TurnHost;
import dev.notecast.e2e.server.ServerInThisJvm;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.Magics;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IceServer;
import dev.notecast.server.Notecast;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code %ice} on a real server with real TURN servers on loopback. */
@ServerInThisJvm
class IceMagicTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String SECRET = "north-wind-and-sun";

    @TempDir
    static Path folder;

    private static TurnHost turn;
    private static TurnHost shared;
    private static TurnHost stunOnly;

    private final List<Output> shown = new CopyOnWriteArrayList<>();
    private final Magics magics = new Magics(shown::add);

    @BeforeAll
    static void startTurn() throws IOException {
        turn = TurnHost.startHere(Files.createDirectory(folder.resolve("turn")));
        shared = TurnHost.startHere(
                Files.createDirectory(folder.resolve("shared")), "use-auth-secret", "static-auth-secret=" + SECRET);
        stunOnly = TurnHost.startHere(Files.createDirectory(folder.resolve("stun")), "stun-only");
    }

    @AfterAll
    static void stopTurn() {
        for (TurnHost host : new TurnHost[] {turn, shared, stunOnly}) {
            if (host != null) {
                host.close();
            }
        }
    }

    @BeforeEach
    void start() {
        magics.run("sfu", List.of("start", "--port=0", "--udp-port=0"));
        shown.clear();
    }

    @AfterEach
    void stop() {
        Notecast.running().ifPresent(Notecast::close);
    }

    private void ice(String line) {
        magics.run("ice", List.of(line.split(" ")));
    }

    private String problem(String line) {
        return assertThrows(MagicException.class, () -> ice(line)).getMessage();
    }

    private List<List<String>> rows() {
        ice("list");
        return shown.reversed().stream()
                .filter(Output.Table.class::isInstance)
                .map(output -> ((Output.Table) output).rows())
                .findFirst()
                .orElseThrow();
    }

    /** The row that is ready, or has said what its problem is. */
    private List<String> settledRow() {
        return Await.value("the server's answer", DEADLINE, () -> rows().stream()
                .filter(row -> !row.get(2).equals("trying"))
                .findFirst());
    }

    /** What the newest line says. */
    private String said() {
        return ((Output.TextLine) shown.getLast()).text();
    }

    private String test() {
        ice("test");
        return said();
    }

    private void noOutputHolds(String secret) {
        assertFalse(shown.toString().contains(secret), () -> secret + " is in " + shown);
    }

    private static Path secretFile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.txt"), text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aTurnServerIsAddedListedTestedAndRemoved() throws IOException {
        assertEquals(List.of(), rows(), "tests ask nobody on the internet");
        String uri = "turn:127.0.0.1:" + turn.port() + "?transport=udp";
        ice("add " + uri + " --user " + TurnHost.USER + " --password-file " + secretFile(TurnHost.PASSWORD));
        List<String> row = settledRow();
        assertEquals(List.of(uri, "added", "ready"), row.subList(0, 3), row::toString);
        assertTrue(row.get(3).endsWith(" ms") && row.get(4).startsWith("relay 127.0.0.1:"), row::toString);
        assertEquals("", row.getLast());
        assertTrue(test().matches("turn:.*: works, a packet there and back took [0-9.,]+ ms; gives relay .*"), said());
        ice("add stun:127.0.0.1:" + turn.port());
        assertTrue(rows().size() == 2);
        ice("test stun:127.0.0.1:" + turn.port());
        assertTrue(said().matches("stun:.*: works, answered in .* ms; gives srflx 127.0.0.1:[0-9]+"), said());
        ice("remove turn:127.0.0.1:" + turn.port());
        assertEquals(1, rows().size());
        assertTrue(problem("remove turn:127.0.0.1:1").startsWith("'turn:127.0.0.1:1' is not in use: there is stun:"));
        noOutputHolds(TurnHost.PASSWORD);
        ice("policy relay");
        assertTrue(said().contains("There is none yet"), said());
        ice("policy all");
    }

    @Test
    void aSharedSecretMakesUsersThatEnd() throws IOException {
        String uri = "turn:127.0.0.1:" + shared.port() + "?transport=tcp";
        ice("add " + uri + " --secret-file " + secretFile(SECRET));
        List<String> row = settledRow();
        assertEquals(List.of(uri, "added", "ready"), row.subList(0, 3), row::toString);
        assertTrue(row.get(6).startsWith("ends in 1 h 59 min"), row::toString);
        assertTrue(test().contains(": works, a packet there and back took"), said());
        noOutputHolds(SECRET);
        noOutputHolds(":notecast");
    }

    @Test
    void eachMistakeIsNamedWithItsFix() throws Exception {
        String udp = "turn:127.0.0.1:" + turn.port();
        ice("add " + udp + " --user cast --password wrong-password");
        assertTrue(shown.toString().contains("The password stands in this notebook now"), shown.toString());
        assertTrue(test().contains("FAILED, user name or password is wrong (401"), said());
        assertEquals("failed", settledRow().get(2));
        ice("remove " + udp);

        Notecast.running().orElseThrow().ice().add(IceServer.parse(udp, "1600000000:me", "x", Instant.EPOCH));
        assertEquals("ended", rows().getFirst().get(6));
        assertTrue(test().contains("FAILED, the credential has expired"), said());
        ice("remove " + udp);

        ice("add turn:127.0.0.1:" + stunOnly.port() + " --user cast --password-file " + secretFile("secret"));
        assertTrue(test().contains("STUN") && said().contains("write it as stun:"), said());
        ice("remove turn:127.0.0.1:" + stunOnly.port());

        String closed = "turn:127.0.0.1:1?transport=tcp";
        ice("add " + closed + " --user cast --password-file " + secretFile("secret"));
        assertTrue(test().contains("FAILED, nothing listens on this port"), said());
        ice("remove " + closed);

        String tls = "turns:127.0.0.1:" + turn.tlsPort();
        ice("add " + tls + " --user cast --password-file " + secretFile(TurnHost.PASSWORD));
        assertTrue(test().contains("FAILED, its certificate is not signed by anybody we trust"), said());
        Notecast.running().orElseThrow().ice().trust(trusted());
        assertTrue(test().contains("FAILED, its certificate is for another host than '127.0.0.1'"), said());
        ice("remove " + tls);
        ice("add turns:localhost:" + turn.tlsPort() + " --user cast --password-file " + secretFile(TurnHost.PASSWORD));
        assertTrue(test().contains(": works, "), said());

        assertTrue(problem("add " + udp).contains("is a TURN server, which wants to know who asks"));
        assertTrue(problem("add stun:127.0.0.1 --user cast").contains("takes no user and no password"));
        assertTrue(problem("add " + udp + " --user cast --password").startsWith("the password is missing, and nobody"));
        assertTrue(problem("add " + udp + " --user cast --password-env NO_SUCH_VARIABLE")
                .startsWith("the environment variable NO_SUCH_VARIABLE is not set"));
        assertTrue(problem("add " + udp + " --user cast --password-file /no/such")
                .startsWith("cannot read the secret in '/no/such'"));
        assertTrue(problem("add turn://127.0.0.1 --user cast").contains("has slashes"));
        noOutputHolds("wrong-password");
    }

    @Test
    void serversAreFetchedFromAUrl() throws IOException {
        byte[] list = ("{\"iceServers\":{\"urls\":[\"turn:127.0.0.1:%d\",\"turn:127.0.0.1:53\"],\"username\":\"%s\","
                        + "\"credential\":\"%s\",\"ttl\":600}}")
                .formatted(turn.port(), TurnHost.USER, TurnHost.PASSWORD)
                .getBytes(StandardCharsets.UTF_8);
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, list.length);
            exchange.getResponseBody().write(list);
            exchange.close();
        });
        provider.start();
        try {
            String place = "127.0.0.1:" + provider.getAddress().getPort();
            ice("fetch http://" + place + "/ice?key=the-key");
            assertTrue(said().startsWith("About " + place + ": 1 on port 53 are left out"), said());
            List<String> row = settledRow();
            assertEquals(place, row.get(1));
            assertEquals("ready", row.get(2), row::toString);
            assertTrue(row.get(6).startsWith("ends in 9 min"), row::toString);
            ice("remove " + place);
            assertEquals(List.of(), rows());
            noOutputHolds("the-key");
        } finally {
            provider.stop(0);
        }
        for (Map.Entry<String, String> missing : Map.of(
                        "cloudflare", "TURN_KEY_ID",
                        "twilio", "TWILIO_ACCOUNT_SID",
                        "metered", "METERED_DOMAIN",
                        "xirsys", "XIRSYS_IDENT")
                .entrySet()) {
            assertTrue(problem("fetch " + missing.getKey()).startsWith(missing.getValue() + " is missing: "));
        }
        assertTrue(problem("fetch nobody").startsWith("there is no provider 'nobody': take one of vdo-ninja, "));
        assertTrue(problem("fetch http://example.org/").startsWith("credentials travel by https only"));
    }

    private static SSLContext trusted() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(turn.trustStore())) {
            store.load(in, "changeit".toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
