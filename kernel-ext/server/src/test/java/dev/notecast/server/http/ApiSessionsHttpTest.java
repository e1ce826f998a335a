package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiSessionsHttpTest {
    private static final PathName LIVE = new PathName("live");

    private final FakeMedia media = new FakeMedia();
    private AccessPolicy policy;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        policy = new AccessPolicy(config, Clock.systemUTC());
        server = HttpServer.start(config, policy, media, Duration.ofSeconds(5));
        media.sessionInfos.addAll(List.of(
                new SessionInfo("3f9a01", LIVE, true, "connected", 10, 1000),
                new SessionInfo("3f9b02", LIVE, false, "connecting", 0, 0)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void listsWhoPublishesAndWhoWatches() throws IOException {
        JsonNode sessions = json(request("GET", "/api/v1/sessions").send()).required("sessions");
        assertEquals("3f9a01", sessions.get(0).required("id").asText());
        assertEquals("publisher", sessions.get(0).required("kind").asText());
        assertEquals(
                "udp", sessions.get(0).required("pair").required("protocol").asText());
        JsonNode track = sessions.get(0).required("tracks").get(0);
        assertEquals(4294967295L, track.required("ssrc").asLong());
        assertEquals(25, track.required("lastLossPercent").asDouble());
        assertEquals("viewer", sessions.get(1).required("kind").asText());
        assertTrue(sessions.get(1).required("pair").isNull());
    }

    @Test
    void givesManySessionsPageByPageTheBusiestFirst() throws IOException {
        for (int i = 0; i < 120; i++) {
            media.sessionInfos.add(new SessionInfo("a" + i, LIVE, false, "connected", i, i + 1));
        }
        JsonNode first = json(request("GET", "/api/v1/sessions").send());
        assertEquals(122, first.required("sessionCount").asInt());
        assertEquals(50, first.required("sessions").size());
        assertEquals("3f9a01", first.required("sessions").get(0).required("id").asText(), "the publisher");
        assertEquals("a119", first.required("sessions").get(1).required("id").asText());
        JsonNode last =
                json(request("GET", "/api/v1/sessions?offset=120&limit=500").send());
        assertEquals(2, last.required("sessions").size());
        assertEquals("3f9b02", last.required("sessions").get(1).required("id").asText());
        JsonNode path = json(request("GET", "/api/v1/paths/live/stats?limit=3").send());
        assertEquals(122, path.required("sessionCount").asInt());
        assertEquals(3, path.required("sessions").size());
        assertEquals(400, request("GET", "/api/v1/sessions?limit=501").send().status());
        assertEquals(
                400, request("GET", "/api/v1/paths/live/stats?offset=-1").send().status());
    }

    @Test
    void whoWasSentAwayIsToldSoAndNotThatNobodyKnowsIt() throws IOException {
        media.dismissed.add("kicked");
        assertEquals(410, request("GET", "/live/whep/kicked/stats").send().status());
        assertEquals(410, request("DELETE", "/live/whip/kicked").send().status());
        assertEquals(404, request("GET", "/live/whep/unknown/stats").send().status());
    }

    @Test
    void showsOneByTheBeginningOfItsName() throws IOException {
        JsonNode session = json(request("GET", "/api/v1/sessions/3f9b").send());
        assertEquals("3f9b02", session.required("id").asText());
        assertEquals(404, request("GET", "/api/v1/sessions/3f9").send().status());
        assertEquals(404, request("GET", "/api/v1/sessions/77c0").send().status());
    }

    @Test
    void aPeerSeesItsOwnSessionAndNoOther() throws IOException {
        media.sessions.put("secret", LIVE);
        String token = policy.issue(new Scope.Read(LIVE), Duration.ofMinutes(1));
        assertFalse(json(withToken("/live/whep/secret/stats", token))
                .required("kept")
                .asBoolean());
        media.kept.add(LIVE);
        assertTrue(json(withToken("/live/whep/secret/stats", token))
                .required("kept")
                .asBoolean());
        assertEquals(404, withToken("/live/whep/3f9a01/stats", token).status());
        assertEquals(404, request("GET", "/other/whep/secret/stats").send().status());
        assertEquals(403, withToken("/api/v1/sessions", token).status());
        assertEquals(403, withToken("/api/v1/paths/live/stats", token).status());
        assertEquals(403, withToken("/metrics", token).status());
    }

    private RawHttp.Answer withToken(String target, String token) throws IOException {
        return request("GET", target).header("Authorization", "Bearer " + token).send();
    }

    private static JsonNode json(RawHttp.Answer answer) throws IOException {
        assertEquals(200, answer.status(), answer.body());
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void endsOneByItsNameOrTheBeginningOfIt() throws IOException {
        assertEquals(204, request("DELETE", "/api/v1/sessions/3f9b").send().status());
        assertEquals(
                List.of("3f9a01"),
                media.sessionInfos.stream().map(SessionInfo::shortId).toList());
    }

    @Test
    void whoIsThereIsSaidWhenANameIsNobodysOrOfTwo() throws IOException {
        RawHttp.Answer two = request("DELETE", "/api/v1/sessions/3f9").send();
        assertEquals(404, two.status());
        assertEquals(
                "more than one session is called '3f9': 3f9a01 (publishes live), 3f9b02 (watches live)\n", two.body());
        media.sessionInfos.add(new SessionInfo("3f9a01", LIVE, false, "connected", 0, 0));
        RawHttp.Answer same = request("DELETE", "/api/v1/sessions/3f9a01").send();
        assertEquals(404, same.status());
        assertEquals(
                "more than one session is called '3f9a01': 3f9a01 (publishes live), 3f9a01 (watches live)\n",
                same.body());
        media.sessionInfos.removeLast();
        RawHttp.Answer none = request("DELETE", "/api/v1/sessions/77c0").send();
        assertEquals(404, none.status());
        assertTrue(none.body().startsWith("no session is called '77c0': there is 3f9a01"), none.body());
        assertEquals(2, media.sessionInfos.size());
        assertEquals(405, request("POST", "/api/v1/sessions/3f9a01").send().status());
    }

    @Test
    void onlyAnAdministratorMay() throws IOException {
        String token = policy.issue(new Scope.Publish(LIVE), Duration.ofMinutes(1));
        assertEquals(
                403,
                request("DELETE", "/api/v1/sessions/3f9a01")
                        .header("Authorization", "Bearer " + token)
                        .send()
                        .status());
        RawHttp.Answer foreign = request("DELETE", "/api/v1/sessions/3f9a01")
                .header("Origin", "http://evil.example")
                .send();
        assertEquals(401, foreign.status());
        assertTrue(foreign.header("Access-Control-Allow-Origin").isEmpty());
        assertEquals(2, media.sessionInfos.size());
    }

    private RawHttp request(String method, String target) {
        return RawHttp.request(server.port(), method, target);
    }
}
