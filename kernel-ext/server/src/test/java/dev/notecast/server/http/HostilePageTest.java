package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What any web page the user visits, or a DNS name rebound to 127.0.0.1, can do here: nothing without a token. */
class HostilePageTest {
    private static final String SECRET = "correct-horse-battery";
    private static final PathName LIVE = new PathName("live");

    private final FakeMedia media = new FakeMedia();
    private final ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0).withToken(new TokenMode.Secret(SECRET));
    private final AccessPolicy policy = new AccessPolicy(config, Clock.systemUTC());
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.start(config, policy, media);
        media.sessions.put("abc", LIVE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record Door(String method, String target, String type, String body) {
        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    private record Page(String name, int refusal, UnaryOperator<RawHttp> forge) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Door> DOORS = List.of(
            new Door("POST", "/live/whip", "application/sdp", "offer"),
            new Door("POST", "/live/whep", "application/sdp", "offer"),
            new Door("PATCH", "/live/whip/abc", "application/trickle-ice-sdpfrag", "a=candidate"),
            new Door("PATCH", "/live/whep/abc", "application/trickle-ice-sdpfrag", "a=candidate"),
            new Door("DELETE", "/live/whip/abc", null, ""),
            new Door("DELETE", "/live/whep/abc", null, ""),
            new Door("GET", "/live/stream.mjpg", null, ""),
            new Door("GET", "/stream.mjpg", null, ""),
            new Door("GET", "/live/snapshot.jpg", null, ""),
            new Door("GET", "/snapshot.jpg", null, ""),
            new Door("GET", "/api/v1/paths", null, ""),
            new Door("GET", "/api/v1/paths/live", null, ""),
            new Door("GET", "/api/v1/status", null, ""),
            new Door("GET", "/health", null, ""));

    private static final List<Page> PAGES = List.of(
            new Page("a page of another origin", 401, r -> r.header("Origin", "https://evil.example")),
            new Page("a page of another port", 401, r -> r.header("Origin", "http://127.0.0.1:1")),
            new Page("a sandboxed frame", 401, r -> r.header("Origin", "null")),
            new Page("an image on another site", 401, r -> r.header("Sec-Fetch-Site", "cross-site")),
            new Page("a page of another port of this site", 401, r -> r.header("Sec-Fetch-Site", "same-site")),
            new Page("a rebound name", 421, r -> r.host("evil.example:8889")),
            new Page("a rebound name that calls itself same-origin", 421, r -> r.host("evil.example:8889")
                    .header("Origin", "http://evil.example:8889")
                    .header("Sec-Fetch-Site", "same-origin")),
            new Page("a name that only begins like ours", 421, r -> r.host("localhost.evil.example")),
            new Page("a foreign address as name", 401, r -> r.host("203.0.113.7")),
            new Page("somebody behind a proxy on this machine", 401, r -> r.header("X-Forwarded-For", "203.0.113.7")));

    static Stream<Arguments> doorsAndPages() {
        return DOORS.stream().flatMap(door -> PAGES.stream().map(page -> Arguments.of(door, page)));
    }

    @ParameterizedTest(name = "{1} at {0}")
    @MethodSource("doorsAndPages")
    void isRefusedWithoutATokenAndServedWithOne(Door door, Page page) throws IOException {
        RawHttp.Answer refused = page.forge().apply(knock(door, door.target())).send();
        assertEquals(page.refusal(), refused.status(), refused.head());
        assertTrue(media.sessions.size() == 1 && media.fragments.isEmpty(), "a refused request changed something");
        assertEquals(0, media.openReaders(), "a refused request opened a reader");

        RawHttp wrong = knock(door, door.target()).header("Authorization", "Bearer wrong-token");
        assertTrue(List.of(401, 421).contains(page.forge().apply(wrong).send().status()), "a wrong token was accepted");

        RawHttp bearer = knock(door, door.target()).header("Authorization", "Bearer " + SECRET);
        assertServed(page.forge().apply(bearer).send());
        media.sessions.put("abc", LIVE);
        RawHttp query = knock(door, door.target() + "?token=" + SECRET);
        assertServed(page.forge().apply(query).send());
    }

    @ParameterizedTest
    @MethodSource("doors")
    void programsAndOwnPagesOnThisMachineNeedNoToken(Door door) throws IOException {
        assertServed(knock(door, door.target()).send());
        media.sessions.put("abc", LIVE);
        assertServed(knock(door, door.target())
                .header("Origin", "http://127.0.0.1:" + server.port())
                .header("Sec-Fetch-Site", "same-origin")
                .send());
    }

    static Stream<Door> doors() {
        return DOORS.stream();
    }

    @Test
    void aScopedTokenOpensItsPathAndNothingElse() throws IOException {
        String token = policy.issue(new Scope.Read(LIVE), Duration.ofMinutes(5));
        assertEquals(201, whep("/live/whep", token));
        assertEquals(403, whep("/other/whep", token));
        assertEquals(403, whep("/live/whip", token));
        RawHttp.Answer api = fromNotebook("GET", "/api/v1/status", token).send();
        assertEquals(403, api.status());
        assertFalse(api.header("Access-Control-Allow-Origin").isPresent(), "the API is closed to other origins");
    }

    @Test
    void aTokenForOnePathDoesNotReachASessionOfAnother() throws IOException {
        media.sessions.put("theirs", new PathName("secret"));
        String token = policy.issue(new Scope.Read(LIVE), Duration.ofMinutes(5));
        assertEquals(
                404, fromNotebook("DELETE", "/live/whep/theirs", token).send().status());
        assertTrue(media.sessions.containsKey("theirs"));
    }

    @Test
    void preflightsOfOtherOriginsAreAnsweredWithoutCredentials() throws IOException {
        for (String target : List.of("/live/whip", "/live/whep", "/live/whep/abc", "/live/stream.mjpg")) {
            RawHttp.Answer answer = RawHttp.request(server.port(), "OPTIONS", target)
                    .header("Origin", "http://localhost:8890")
                    .header("Access-Control-Request-Headers", "authorization,content-type")
                    .send();
            assertEquals(204, answer.status(), target);
            assertEquals("*", answer.header("Access-Control-Allow-Origin").orElseThrow());
            assertTrue(
                    answer.header("Access-Control-Allow-Headers").orElseThrow().contains("Authorization"));
            assertFalse(answer.header("Access-Control-Allow-Credentials").isPresent());
        }
    }

    @Test
    void whoKnowsIsNotLockedOutByWhoGuesses() throws IOException {
        int last = 0;
        for (int i = 0; i < 20 && last != 429; i++) {
            last = fromNotebook("GET", "/api/v1/status", "guess-" + i).send().status();
        }
        assertEquals(429, last, "twenty guesses of a page went through");
        assertEquals(200, fromNotebook("GET", "/api/v1/status", SECRET).send().status(), "from where the guesses came");
        Door door = DOORS.getFirst();
        assertServed(knock(door, door.target())
                .header("Authorization", "Bearer " + SECRET)
                .send());
        assertEquals(
                201,
                whep("/live/whep", policy.issue(new Scope.Read(LIVE), Duration.ofMinutes(1))),
                "a widget is not locked out");
    }

    @Test
    void refusalsAreCounted() throws IOException {
        long before = server.refused();
        RawHttp.request(server.port(), "GET", "/api/v1/paths")
                .header("Origin", "https://evil.example")
                .send();
        assertEquals(before + 1, server.refused());
    }

    @Test
    void picturesOpenedByTrustCannotBeShownByOtherSites() throws IOException {
        RawHttp.Answer own = knock(DOORS.get(8), "/live/snapshot.jpg").send();
        assertEquals("same-origin", own.header("Cross-Origin-Resource-Policy").orElseThrow());
        String token = policy.issue(new Scope.Read(LIVE), Duration.ofMinutes(1));
        RawHttp.Answer notebook = RawHttp.request(server.port(), "GET", "/live/snapshot.jpg?token=" + token)
                .header("Sec-Fetch-Site", "same-site")
                .send();
        assertEquals(
                "cross-origin", notebook.header("Cross-Origin-Resource-Policy").orElseThrow());
    }

    private int whep(String target, String token) throws IOException {
        return fromNotebook("POST", target, token)
                .body("application/sdp", "offer")
                .send()
                .status();
    }

    private RawHttp fromNotebook(String method, String target, String token) {
        return RawHttp.request(server.port(), method, target)
                .header("Origin", "http://localhost:8890")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Authorization", "Bearer " + token);
    }

    private RawHttp knock(Door door, String target) {
        RawHttp request = RawHttp.request(server.port(), door.method(), target).body(door.type(), door.body());
        return door.method().equals("PATCH") ? request.header("If-Match", "\"g1\"") : request;
    }

    private static void assertServed(RawHttp.Answer answer) {
        assertTrue(answer.status() >= 200 && answer.status() < 300, answer.head() + answer.body());
    }
}
