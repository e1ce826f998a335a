package dev.notecast.server.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.notecast.media.relay.IceServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers against an HTTPS server that speaks as they do. */
class ProvidersTest {
    private static final String KEY = "k3y-of-the-account";
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Duration LONG = Duration.ofSeconds(10);

    /** Answers a request; what it asks for has been kept already. */
    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @TempDir
    static Path folder;

    private static HttpsServer server;
    private static ExecutorService threads;
    private static SSLContext context;
    private static volatile Answer answer;
    private static final List<String> asked = new CopyOnWriteArrayList<>();
    private static final CountDownLatch over = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
        context = context();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization + " " + body);
            answer.to(exchange);
            exchange.close();
        });
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.start();
    }

    @AfterAll
    static void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @BeforeEach
    void forget() {
        asked.clear();
    }

    /** A certificate for this test only, and trust in it. */
    private static SSLContext context() throws Exception {
        Path store = folder.resolve("store.p12");
        String command = "%s -genkeypair -keyalg EC -alias a -dname CN=localhost -ext san=dns:localhost -validity 2"
                + " -storepass changeit -keystore %s";
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process keytool = new ProcessBuilder(command.formatted(program, store).split(" "))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return made;
    }

    private static URI base() {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/");
    }

    private static HttpProvider here(ProviderRequest request, Duration time) {
        return new HttpProvider(
                request.at(base()), () -> HttpClient.newBuilder().sslContext(context), time);
    }

    private static Answer file(int status, String name) {
        return exchange -> send(exchange, status, ProviderAnswerTest.file(name));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static ProviderRequest request(String provider) {
        return switch (provider) {
            case "vdo-ninja" -> Providers.vdoNinjaRequest();
            case "cloudflare" -> Providers.cloudflareRequest("key id", KEY);
            case "twilio" -> Providers.twilioRequest("AC01", "AC01", KEY);
            case "metered" -> Providers.meteredRequest("https://myapp.metered.live/", KEY);
            case "xirsys" -> Providers.xirsysRequest("me", KEY, "my channel");
            default -> Providers.urlRequest("https://me:" + KEY + "@example.org/ice.json?for=me");
        };
    }

    @ParameterizedTest
    @CsvSource({
        "vdo-ninja, vdo-ninja.json, 200, 'GET / null '",
        "cloudflare, cloudflare.json, 201, 'POST /v1/turn/keys/key%20id/credentials/generate-ice-servers Bearer"
                + " k3y-of-the-account {\"ttl\":86400}'",
        "twilio, twilio.json, 201, 'POST /2010-04-01/Accounts/AC01/Tokens.json Basic"
                + " QUMwMTprM3ktb2YtdGhlLWFjY291bnQ= Ttl=86400'",
        "metered, metered.json, 200, 'GET /api/v1/turn/credentials?apiKey=k3y-of-the-account null '",
        "xirsys, xirsys.json, 200, 'PUT /_turn/my%20channel Basic bWU6azN5LW9mLXRoZS1hY2NvdW50"
                + " {\"format\":\"urls\",\"expire\":86400}'",
        "url, rest-draft.json, 200, 'GET /ice.json?for=me Basic bWU6azN5LW9mLXRoZS1hY2NvdW50 '"
    })
    void eachProviderIsAskedAsItWantsToBe(String provider, String file, int status, String question) {
        answer = file(status, file);
        HttpProvider source = here(request(provider), LONG);
        Credentials given = source.credentials(NOW);
        assertEquals(List.of(question), asked);
        assertTrue(given.servers().stream().map(IceServer::uri).anyMatch(uri -> uri.startsWith("turn")));
        assertTrue(given.servers().size() <= 5, given::toString);
        assertFalse((source + " " + source.origin() + given + request(provider)).contains(KEY));
        assertFalse(given.toString().contains("credential"));
    }

    @Test
    void eachProvidersOwnAddressIsHttps() {
        for (String provider : List.of("vdo-ninja", "cloudflare", "twilio", "metered", "xirsys", "url")) {
            assertEquals("https", request(provider).url().getScheme());
        }
        assertEquals("myapp.metered.live", request("metered").url().getHost());
    }

    @Test
    void cloudflaresPort53IsDroppedWithAWord() {
        answer = file(201, "cloudflare.json");
        String note = here(request("cloudflare"), LONG).credentials(NOW).note();
        assertEquals(
                "4 of its 6 servers are used, the best of every kind; 2 on port 53 are left out, which browsers"
                        + " refuse",
                note);
    }

    @ParameterizedTest
    @CsvSource({
        "301, cloudflare.json, it sends us on to another address (301)",
        "307, cloudflare.json, it sends us on to another address (307)",
        "401, empty.json, it did not let us in (401): check TURN_KEY_ID and TURN_KEY_API_TOKEN",
        "403, empty.json, it did not let us in (403): check TURN_KEY_ID",
        "404, empty.json, it knows nothing of that name (404): check TURN_KEY_ID",
        "400, empty.json, it did not like the question (400): check TURN_KEY_ID",
        "429, empty.json, it was asked too often (429): wait some minutes",
        "500, page.html, it has a problem of its own (500): try again later",
        "200, page.html, it answered with a web page",
        "200, empty.json, its list of servers is empty: check TURN_KEY_ID",
        "200, stun-only.json, it gave STUN servers only",
        "200, xirsys-error.json, it answered with an error: check TURN_KEY_ID"
    })
    void everyBadAnswerHasItsOwnLineWithProviderAndFix(int status, String file, String said) {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", base() + "elsewhere");
            file(status, file).to(exchange);
        };
        String line = problem(here(request("cloudflare"), LONG));
        assertTrue(line.startsWith("cloudflare: " + said), line);
        assertEquals(1, asked.size(), "nobody else is asked");
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUp() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        };
        assertTrue(problem(here(request("xirsys"), Duration.ofSeconds(1))).startsWith("xirsys: no answer within 1 s"));
        answer = exchange -> await();
        assertTrue(problem(here(request("xirsys"), Duration.ofSeconds(1))).startsWith("xirsys: no answer within 1 s"));
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 10_000; i++) {
                    out.write(spaces);
                }
            } catch (IOException e) {
                // cut off, as it should be
            }
        };
        String line = problem(here(request("metered"), LONG));
        assertEquals("metered: its answer is over 128 KiB: that is no list of servers", line);
    }

    @Test
    void aStrangersCertificateAndAClosedPortAreNamed() throws IOException {
        HttpProvider untrusted =
                new HttpProvider(request("twilio").at(base()), HttpClient::newBuilder, Duration.ofSeconds(10));
        assertTrue(problem(untrusted).startsWith("twilio: its certificate is not good"));
        assertEquals(List.of(), asked);
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ProviderRequest nobody = request("twilio").at(URI.create("https://localhost:" + port + "/"));
        assertTrue(problem(new HttpProvider(nobody, HttpClient::newBuilder, LONG))
                .startsWith("twilio: it cannot be reached"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/ice.json",
                "http://127.0.0.1.example.org/",
                "http://127.1@example.org/",
                "ftp://example.org/",
                "https:///ice.json",
                "https://exa mple.org/",
                "file:///etc/passwd",
                "nothing"
            })
    void credentialsComeByHttpsOrFromThisMachine(String url) {
        assertThrows(IllegalArgumentException.class, () -> Providers.urlRequest(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080/ice", "http://127.0.0.1/", "http://[::1]:80/", "https://example.org"})
    void thisMachineNeedsNoHttps(String url) {
        assertFalse(Providers.urlRequest(url).name().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example.org/", "a b", "x.metered.live.evil.example"})
    void anAppOfMeteredIsOneName(String app) {
        assertThrows(IllegalArgumentException.class, () -> Providers.meteredRequest(app, KEY));
    }

    private static void await() {
        try {
            assertTrue(over.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String problem(HttpProvider provider) {
        String line = assertThrows(IceException.class, () -> provider.credentials(NOW))
                .getMessage();
        assertFalse(line.contains(KEY), line);
        assertEquals(1, line.lines().count(), line);
        return line;
    }
}
