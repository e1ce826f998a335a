package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        RawHttp.Answer answer = request("GET", "/api/v1/sessions").send();
        assertEquals(200, answer.status());
        assertEquals(
                "{\"sessions\":[{\"id\":\"3f9a01\",\"path\":\"live\",\"kind\":\"publisher\",\"state\":\"connected\","
                        + "\"packets\":10,\"bytes\":1000},{\"id\":\"3f9b02\",\"path\":\"live\",\"kind\":\"viewer\","
                        + "\"state\":\"connecting\",\"packets\":0,\"bytes\":0}]}",
                answer.body());
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
