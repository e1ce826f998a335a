package dev.notecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.notecast.media.path.PathName;
import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import dev.notecast.server.ice.CredentialSource;
import dev.notecast.server.ice.Credentials;
import dev.notecast.server.ice.IceCatalogue;
import dev.notecast.server.ice.IceException;
import dev.notecast.server.ice.Providers;
import dev.notecast.server.ice.SharedSecret;
import dev.notecast.server.tunnel.FakeCloudflared;
import dev.notecast.server.tunnel.cloudflared.Cloudflared;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server that logs all it can goes through good and bad requests: no secret is in its log, errors or tables. */
class SecretsTest {
    private static final PathName LIVE = new PathName("live");
    private static final String TOKEN = "correct-horse-battery";
    private static final String TUNNEL_TOKEN = "eyJhIjoidHVubmVsIn0";
    private static final String TURN_PASSWORD = "turnsPasswordOf8Words";
    private static final String TURN_SECRET = "turnsSharedSecret";
    private static final String PROVIDER_KEY = "keyOfTheProvider";
    private static final String PEER_PASSWORD = "peersPasswordOf24Letters";
    private static final String OFFER =
            """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            m=video 9 UDP/TLS/RTP/SAVPF 96
            a=ice-ufrag:peer
            a=ice-pwd:%s
            a=fingerprint:sha-256 %s
            a=setup:actpass
            a=sendonly
            a=rtcp-mux
            a=rtpmap:96 VP8/90000
            """
                    .formatted(PEER_PASSWORD, "AB:".repeat(31) + "CD");

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("dev.notecast");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> secrets = new ArrayList<>(List.of(TOKEN, PEER_PASSWORD));
    private final List<String> said = new ArrayList<>();
    private Notecast server;
    private String invite;

    @BeforeEach
    void start() {
        log.start();
        root.addAppender(log);
        own.setLevel(Level.TRACE); // the debugging of the parts below us prints whatever goes over the wire
        server = Notecast.start(
                ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0).withToken(new TokenMode.Secret(TOKEN)));
    }

    @AfterEach
    void stop() {
        server.close();
        root.detachAppender(log);
        own.setLevel(null);
    }

    @Test
    void noSecretIsLoggedOrToldToWhomItDoesNotConcern(@TempDir Path folder) throws Exception {
        tunnel(folder);
        turn();
        secrets.add(server.accessToken(new Scope.Read(LIVE), Duration.ofMinutes(1)));
        secrets.add(server.accessToken(new Scope.Admin(), Duration.ofMinutes(1)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> opened = post(http, "live/whip?token=" + TOKEN, "application/sdp", OFFER);
            assertEquals(201, opened.statusCode());
            secrets.add(value(opened.body(), "a=ice-pwd:(\\S+)"));
            String session =
                    opened.headers().firstValue("Location").orElseThrow().substring(1);
            secrets.add(session.substring(session.lastIndexOf('/') + 1));
            String etag = opened.headers().firstValue("ETag").orElseThrow();

            refused(http, "live/whip", "application/sdp", OFFER.replace("a=rtcp-mux\n", ""));
            refused(http, "live/whip", "application/sdp", OFFER.replace("VP8", "odd"));
            refused(http, "live/whip", "application/sdp", OFFER.replace("peer\n", "p\n"));
            refused(http, "live/whip", "application/sdp", OFFER); // the path is taken
            refused(http, "live/whip", "application/sdp", "a=ice-pwd:" + PEER_PASSWORD);
            refused(http, "webrtc/offer", "application/json", "{\"token\":\"" + TOKEN + "\",\"sdp\":" + PEER_PASSWORD);
            refused(http, "api/v1/invites", "application/json", "{\"invite\":\"" + invite + "\"}");
            refused(http, "live/frame", null, TOKEN + PEER_PASSWORD);
            refused(http, "other/whep", "application/sdp", OFFER.replace("sendonly", "recvonly"));
            patch(http, session, etag, "a=ice-ufrag:othr\r\na=ice-pwd:" + PEER_PASSWORD + "\r\n");
            patch(http, session, etag, "a=ice-pwd:" + PEER_PASSWORD);
            patch(http, session, "\"old\"", "a=ice-ufrag:othr\r\na=ice-pwd:" + PEER_PASSWORD + "\r\n");
            patch(http, session + "x", etag, PEER_PASSWORD);
            for (String page :
                    List.of("api/v1/status", "api/v1/paths", "api/v1/sessions", "health", "live/", "a/b/c/d/e")) {
                for (String token : secrets) {
                    say(http.send(request(page + "?token=" + token).build(), BodyHandlers.ofString()));
                }
            }
        }
        said.add(server.toString());
        said.add(server.config().toString());
        said.add(server.status().toString());
        said.add(server.streams().toString());
        server.close();
        said.add(log.list.toString());
        assertTrue(said.size() > 30, "answers were looked at");
        for (String secret : secrets) {
            for (String text : said) {
                assertFalse(text.contains(secret), () -> secret + " is in " + text);
            }
        }
    }

    /** Nobody answers there. */
    private void turn() {
        secrets.addAll(List.of(TURN_PASSWORD, TURN_SECRET, PROVIDER_KEY));
        IceCatalogue ice = server.ice();
        ice.add(IceServer.parse("turn:127.0.0.1:9", "cast", TURN_PASSWORD, Instant.MAX));
        Credentials made = ice.add(new SharedSecret("turn:127.0.0.1:7?transport=tcp", TURN_SECRET));
        secrets.add(((TurnServer) made.servers().getFirst()).credential());
        said.add(made.toString());
        CredentialSource provider = Providers.url("http://me:" + PROVIDER_KEY + "@127.0.0.1:9/?key=" + PROVIDER_KEY);
        said.add(assertThrows(IceException.class, () -> ice.add(provider)).toString());
        said.add(provider + " " + provider.origin());
        said.add(assertThrows(IceException.class, () -> ice.remove("turn:127.0.0.1:8"))
                .toString());
        said.add(ice.test(ice.find("turn:127.0.0.1:7?transport=tcp")).toString());
        said.add(ice + " " + ice.list() + ice.problems());
    }

    /** One with a token, whose program prints it, with a link; then one that fails. */
    private void tunnel(Path folder) throws IOException {
        secrets.add(TUNNEL_TOKEN);
        String route =
                "echo 'INF Updated to new configuration config=\"{\\\"ingress\\\":[{\\\"hostname\\\":\\\"cam.example.org\\\","
                        + "\\\"service\\\":\\\"http://localhost:%d\\\"}]}\"'\necho \"with $TUNNEL_TOKEN\"\n";
        int port = freePort();
        Path program =
                FakeCloudflared.write(folder, FakeCloudflared.CONNECTED + route.formatted(port) + "exec sleep 300\n");
        Cloudflared cloudflared = new Cloudflared(program, Optional.of(TUNNEL_TOKEN));
        said.add(server.openTunnel(cloudflared, port).status().toString());
        said.add(cloudflared.toString());
        String link = server.invite("cloudflared", new Scope.Publish(LIVE))
                .orElseThrow()
                .toString();
        invite = link.substring(link.indexOf("#invite=") + "#invite=".length());
        secrets.add(invite);
        said.add(server.tunnels().toString());
        server.tunnels().stop("cloudflared");
        FakeCloudflared.write(folder, "echo \"bad token $TUNNEL_TOKEN\"; exit 1\n");
        said.add(assertThrows(NotecastException.class, () -> server.openTunnel(cloudflared, 0))
                .toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void refused(HttpClient http, String target, String type, String body) throws Exception {
        HttpResponse<String> answer = post(http, target, type, body);
        assertTrue(answer.statusCode() >= 400, target + " " + answer.statusCode());
        say(answer);
    }

    private HttpResponse<String> post(HttpClient http, String target, String type, String body) throws Exception {
        HttpRequest.Builder request = request(target).POST(BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void patch(HttpClient http, String session, String etag, String fragment)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(session)
                        .header("Content-Type", "application/trickle-ice-sdpfrag")
                        .header("If-Match", etag)
                        .method("PATCH", BodyPublishers.ofString(fragment))
                        .build(),
                BodyHandlers.ofString());
        assertTrue(answer.statusCode() >= 400, session + " " + answer.statusCode());
        say(answer);
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(server.baseUrl().resolve(target)).timeout(Duration.ofSeconds(10));
    }

    private void say(HttpResponse<String> answer) {
        said.add(answer.headers().map() + answer.body());
    }

    private static String value(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), pattern);
        return found.group(1);
    }
}
