package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WhipWhepHttpTest {
    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private final FakeMedia media = new FakeMedia();
    private AccessPolicy policy;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        policy = new AccessPolicy(config, Clock.systemUTC());
        server = HttpServer.start(config, policy, media);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anOfferIsAnsweredWithASession() throws IOException {
        for (String kind : List.of("whip", "whep")) {
            RawHttp.Answer answer = post("/class/room1/cam/" + kind, "offer");
            assertEquals(201, answer.status(), answer.head());
            assertEquals("answer to offer", answer.body());
            assertEquals(SDP, answer.header("Content-Type").orElseThrow());
            assertEquals("\"g1\"", answer.header("ETag").orElseThrow());
            assertEquals(FRAGMENT, answer.header("Accept-Patch").orElseThrow());
            assertTrue(answer.header("Location").orElseThrow().startsWith("/class/room1/cam/" + kind + "/session"));
            assertEquals(
                    "<stun:stun.test:3478>; rel=\"ice-server\"",
                    answer.header("Link").orElseThrow());
        }
    }

    @Test
    void optionsSayWhatIsTaken() throws IOException {
        RawHttp.Answer answer = request("OPTIONS", "/live/whip").send();
        assertEquals(204, answer.status());
        assertEquals(SDP, answer.header("Accept-Post").orElseThrow());
        assertEquals(
                "Authorization, Content-Type, If-Match",
                answer.header("Access-Control-Allow-Headers").orElseThrow());
    }

    @Test
    void credentialsOfTurnServersGoToThoseWhoMayUseThePath() throws IOException {
        String stun = "<stun:stun.test:3478>; rel=\"ice-server\"";
        String turn = "<turns:turn.test:443?transport=tcp>; rel=\"ice-server\"; username=\"for TRUSTED\";"
                + " credential=\"a\\\"b\\\\c\"; credential-type=\"password\"";
        String reader = policy.issue(new Scope.Read(new PathName("live")), Duration.ofMinutes(1));
        String foreign = "https://other.example";
        assertEquals(List.of(stun, turn), links(request("OPTIONS", "/live/whep")));
        assertEquals(List.of(stun, turn), links(offer("/live/whep", "offer")));
        assertEquals(List.of(stun), links(request("OPTIONS", "/live/whep").header("Origin", foreign)));
        assertEquals(
                List.of(stun, turn),
                links(request("OPTIONS", "/live/whep")
                        .header("Origin", foreign)
                        .header("Authorization", "Bearer " + reader)));
        assertEquals(
                List.of(stun), links(request("OPTIONS", "/live/whip").header("Authorization", "Bearer " + reader)));
        assertEquals(List.of(stun), links(request("OPTIONS", "/live/whep").header("Authorization", "Bearer guessed")));
        assertEquals(List.of(stun), links(request("OPTIONS", "/webrtc/offer").header("Origin", foreign)));
        assertEquals(List.of(stun, turn), links(request("OPTIONS", "/webrtc/offer")));
    }

    private static List<String> links(RawHttp request) throws IOException {
        return request.send()
                .head()
                .lines()
                .filter(line -> line.startsWith("Link: "))
                .map(line -> line.substring("Link: ".length()))
                .toList();
    }

    @Test
    void eachRefusalHasItsStatusAndALineOfText() throws IOException {
        assertRefused(415, request("POST", "/live/whip").body("text/plain", "offer"), "application/sdp");
        assertRefused(415, request("POST", "/live/whip").body(null, "offer"), "application/sdp");
        assertRefused(400, offer("/live/whip", "bad"), "no m-line");
        assertRefused(406, offer("/live/whep", "odd codec"), "only AV1");
        assertRefused(503, offer("/live/whip", "one more"), "full");
        assertRefused(409, offer("/taken/whip", "offer"), "path 'taken' is taken by whip 1");
        assertRefused(404, offer("/class/stats/whip", "offer"), "'stats' is reserved in path 'class/stats'");
        assertRefused(404, offer("/empty/whep", "offer"), "no stream on path 'empty'");
        assertRefused(404, offer("/.hidden/whip", "offer"), "nothing here");
        assertRefused(404, offer("/api/whip", "offer"), "nothing here");
        assertRefused(404, offer("/a/b/c/d/e/whip", "offer"), "nothing here");
        assertRefused(500, offer("/live/whip", "bug"), "went wrong in the server");
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
            assertRefused(405, request(method, "/live/whip"), "OPTIONS, POST");
        }
        assertEquals(405, request("HEAD", "/live/whep").send().status());
    }

    @Test
    void viewersAreToldToComeBackWhenThereIsNoStream() throws IOException {
        assertEquals("2", post("/empty/whep", "offer").header("Retry-After").orElseThrow());
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWithoutReadingIt() throws IOException {
        assertRefused(413, offer("/live/whip", "x".repeat(EndpointHandler.MAX_SDP_BYTES + 1)), "128 KiB");
        assertEquals(
                201,
                post("/live/whip", "x".repeat(EndpointHandler.MAX_SDP_BYTES)).status());
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedAtTheLimit() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(RawHttp.DEADLINE_MILLIS);
            String head = "POST /live/whip HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sdp\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i <= EndpointHandler.MAX_SDP_BYTES / 0x2000; i++) {
                socket.getOutputStream().write(chunk);
            }
            String answer = RawHttp.readHead(socket.getInputStream());
            assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        }
    }

    @Test
    void candidatesTrickleIntoASession() throws IOException {
        String session = post("/live/whip", "offer").header("Location").orElseThrow();
        assertEquals(204, patch(session, "\"g1\"").send().status());
        assertEquals(List.of("a=candidate"), media.fragments);

        assertRefused(412, patch(session, "\"g0\""), "If-Match");
        assertRefused(412, patch(session, "W/\"g1\""), "If-Match");
        assertRefused(428, request("PATCH", session).body(FRAGMENT, "a=candidate"), "If-Match");
        assertRefused(
                415, request("PATCH", session).header("If-Match", "\"g1\"").body(SDP, "a=candidate"), FRAGMENT);
        assertRefused(404, patch("/live/whip/nobody", "\"g1\""), "no such session");
        assertEquals(1, media.fragments.size(), "a refused fragment was used");
    }

    @Test
    void aStarAsIfMatchRestartsIce() throws IOException {
        String session = post("/live/whep", "offer").header("Location").orElseThrow();
        RawHttp.Answer answer = restart(session, "restart").send();
        assertEquals(200, answer.status());
        assertEquals("\"g2\"", answer.header("ETag").orElseThrow());
        assertTrue(answer.header("Content-Type").orElseThrow().startsWith(FRAGMENT));
        assertEquals("new credentials", answer.body());

        assertEquals(204, restart(session, "a=candidate").send().status(), "only candidates came");
        assertRefused(400, restart(session, "bad"), "ice-ufrag");
        assertRefused(429, restart(session, "soon"), "wait");
        assertRefused(404, restart("/live/whip/nobody", "restart"), "no such session");
    }

    private RawHttp restart(String session, String body) {
        return request("PATCH", session).header("If-Match", "*").body(FRAGMENT, body);
    }

    @Test
    void deleteEndsASessionOnce() throws IOException {
        String session = post("/live/whep", "offer").header("Location").orElseThrow();
        assertEquals(200, request("DELETE", session).send().status());
        assertTrue(media.sessions.isEmpty());
        assertEquals(404, request("DELETE", session).send().status());
    }

    @Test
    void aTokenInTheAddressReachesNoLog() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        log.start();
        try {
            String token = policy.serverToken().orElseThrow();
            assertEquals(500, post("/live/whip?token=" + token, "bug").status());
            assertEquals(404, request("GET", "/a/b/c/d/e?token=" + token).send().status());
            assertEquals(1, log.list.size(), "a bug is logged, a refusal is not");
            assertFalse(log.list.toString().contains(token), log.list.toString());
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void handlersMayBlockSinceTheirThreadsAreVirtual() throws IOException {
        post("/live/whip", "offer");
        assertTrue(media.lastThread.isVirtual(), media.lastThread.toString());
    }

    private RawHttp.Answer post(String target, String body) throws IOException {
        return offer(target, body).send();
    }

    private RawHttp offer(String target, String body) {
        return request("POST", target).body("application/sdp; charset=utf-8", body);
    }

    private RawHttp patch(String session, String ifMatch) {
        return request("PATCH", session).header("If-Match", ifMatch).body(FRAGMENT, "a=candidate");
    }

    private RawHttp request(String method, String target) {
        return RawHttp.request(server.port(), method, target);
    }

    private static void assertRefused(int status, RawHttp request, String text) throws IOException {
        RawHttp.Answer answer = request.send();
        assertEquals(status, answer.status(), answer.head() + answer.body());
        assertTrue(answer.body().contains(text), "'" + answer.body() + "' does not say '" + text + "'");
        assertEquals(1, answer.body().lines().count(), "one line: " + answer.body());
    }
}
