package dev.notecast.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web server on loopback tells the time, and the clock here is another one. */
class ClockCheckTest {
    private HttpServer web;

    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1); // with a Date
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    private URI page() {
        return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/");
    }

    private static Checked<Boolean> check(URI page, Duration ahead) {
        InstantSource clock = () -> Instant.now().plus(ahead);
        return ClockCheck.run(Optional.of(page), clock);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, ok, right",
        "PT30S, ok, does no harm",
        "-PT100S, ok, does no harm",
        "PT3M, FAILED, 3 min ahead of 127.0.0.1",
        "-PT7H30M5S, FAILED, 7 h 30 min behind 127.0.0.1",
        "PT2400H, FAILED, 100 days ahead of 127.0.0.1"
    })
    void tellsTheDifference(Duration ahead, String mark, String words) {
        Checked<Boolean> checked = check(page(), ahead);
        Finding line = checked.findings().getFirst();
        assertEquals(mark, line.mark(), line.toString());
        assertEquals(mark.equals("FAILED"), checked.fact());
        assertTrue(line.result().text().contains(words), line.toString());
    }

    @Test
    void nobodyWhoTellsTheTimeIsNoFailure() {
        web.stop(0);
        Checked<Boolean> checked = check(page(), Duration.ZERO);
        assertEquals("note", checked.findings().getFirst().mark(), checked.toString());
        assertEquals(false, checked.fact());
        assertEquals(
                "note",
                ClockCheck.run(Optional.empty(), InstantSource.system())
                        .findings()
                        .getFirst()
                        .mark());
    }

    @Test
    void aCertificateThatIsNotValidNowTellsOnTheClock(@TempDir Path folder) throws Exception {
        SSLContext tls = expired(folder);
        HttpsServer expired = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        expired.setHttpsConfigurator(new HttpsConfigurator(tls));
        expired.start();
        try {
            URI page = URI.create("https://localhost:" + expired.getAddress().getPort() + "/");
            HttpClient.Builder trusting = HttpClient.newBuilder().sslContext(tls);
            Checked<Boolean> checked = ClockCheck.run(Optional.of(page), InstantSource.system(), trusting);
            assertEquals(true, checked.fact(), checked.toString());
            String text = checked.findings().getFirst().result().text();
            assertTrue(text.contains("the certificate of localhost is not valid"), text);
        } finally {
            expired.stop(0);
        }
    }

    /** Serves a certificate that ended three months ago, and trusts the authority that signed it. */
    private static SSLContext expired(Path folder) throws Exception {
        String common = " -storepass changeit -keypass changeit -keyalg EC -storetype PKCS12 -keystore ";
        String ca = common + folder.resolve("ca.p12");
        String site = common + folder.resolve("site.p12");
        keytool(folder, "-genkeypair -alias ca -dname CN=ca -ext bc:c -startdate -200d -validity 400" + ca);
        keytool(folder, "-exportcert -alias ca -file ca.pem -storepass changeit -keystore ca.p12");
        keytool(folder, "-genkeypair -alias site -dname CN=localhost" + site);
        keytool(folder, "-certreq -alias site -file site.csr -storepass changeit -keystore site.p12");
        keytool(
                folder,
                "-gencert -alias ca -infile site.csr -outfile site.pem -ext san=dns:localhost -startdate -100d"
                        + " -validity 10 -storepass changeit -keystore ca.p12");
        keytool(folder, "-importcert -noprompt -alias ca -file ca.pem -storepass changeit -keystore site.p12");
        keytool(folder, "-importcert -noprompt -alias site -file site.pem -storepass changeit -keystore site.p12");
        KeyStore store = KeyStore.getInstance(folder.resolve("site.p12").toFile(), "changeit".toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", store.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void keytool(Path folder, String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), arguments + ": " + said);
    }
}
