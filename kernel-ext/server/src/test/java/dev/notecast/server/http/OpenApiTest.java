package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.pipeline.PipelineOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API says what there is, and what there is answers as it says. */
class OpenApiTest {
    private static final PathName LIVE = new PathName("live");

    /** An address of every kind with its template; pages and unknown addresses are no API. */
    private static final Map<String, String> TEMPLATES = Map.ofEntries(
            Map.entry("/health", "/health"),
            Map.entry("/metrics", "/metrics"),
            Map.entry("/api/v1/status", "/api/v1/status"),
            Map.entry("/api/v1/invites", "/api/v1/invites"),
            Map.entry("/api/v1/paths", "/api/v1/paths"),
            Map.entry("/api/v1/paths/live", "/api/v1/paths/{path}"),
            Map.entry("/api/v1/paths/live/stats", "/api/v1/paths/{path}/stats"),
            Map.entry("/api/v1/sessions", "/api/v1/sessions"),
            Map.entry("/api/v1/sessions/3f9a01", "/api/v1/sessions/{id}"),
            Map.entry("/live/whep", "/{path}/whep"),
            Map.entry("/live/whip", "/{path}/whip"),
            Map.entry("/live/whep/secret", "/{path}/whep/{id}"),
            Map.entry("/live/whip/secret", "/{path}/whip/{id}"),
            Map.entry("/live/whep/secret/stats", "/{path}/whep/{id}/stats"),
            Map.entry("/live/whip/secret/stats", "/{path}/whip/{id}/stats"),
            Map.entry("/live/stream.mjpg", "/{path}/stream.mjpg"),
            Map.entry("/live/snapshot.jpg", "/{path}/snapshot.jpg"),
            Map.entry("/live/frame", "/{path}/frame"),
            Map.entry("/live/detections", "/{path}/detections"),
            Map.entry("/live/filters", "/{path}/filters"),
            Map.entry("/webrtc/filters", "/webrtc/filters"),
            Map.entry("/live-ai/pipeline", "/{path}/pipeline"),
            Map.entry("/api/v1/pipelines", "/api/v1/pipelines"),
            Map.entry("/api/v1/pipelines/edges", "/api/v1/pipelines/{name}"),
            Map.entry("/webrtc/offer", "/webrtc/offer"));

    private final ObjectMapper mapper = new ObjectMapper();
    private final FakeMedia media = new FakeMedia();
    private HttpServer server;
    private JsonNode description;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        server = HttpServer.start(config, new AccessPolicy(config, Clock.systemUTC()), media, Duration.ofSeconds(5));
        media.sessions.put("secret", LIVE);
        media.pipelines.start(
                "edges", PipelineOptions.of(LIVE, new PathName("live-ai")), "edge_detection,mirror,mirror");
        media.sessionInfos.addAll(List.of(
                new SessionInfo("3f9a01", LIVE, true, "connected", 10, 1000),
                new SessionInfo("77c002", LIVE, false, "connecting", 0, 0)));
        description = mapper.readTree(get("/api/v1/openapi.json").body());
    }

    @AfterEach
    void stop() {
        server.close();
        media.pipelines.close();
    }

    @Test
    void everyKindOfAddressIsDescribed() {
        var described = TEMPLATES.keySet().stream()
                .map(uri -> Target.parse(uri, LIVE).getClass())
                .collect(Collectors.toSet());
        Arrays.stream(Target.class.getPermittedSubclasses())
                .filter(kind -> kind != Target.Unknown.class && kind != Target.Static.class)
                .forEach(kind -> assertTrue(described.contains(kind), kind.getSimpleName() + " has no template"));
        TEMPLATES.values().forEach(template -> assertTrue(paths().has(template), template + " is not described"));
        paths().fieldNames()
                .forEachRemaining(
                        template -> assertTrue(TEMPLATES.containsValue(template), template + " is of no known kind"));
    }

    @Test
    void everyAnswerInJsonIsAsDescribed() throws IOException {
        int checked = 0;
        for (var address : TEMPLATES.entrySet()) {
            JsonNode schema =
                    paths().path(address.getValue()).at("/get/responses/200/content/application~1json/schema");
            if (!schema.isMissingNode()) {
                RawHttp.Answer answer = get(address.getKey());
                assertEquals(200, answer.status(), address.getKey() + ": " + answer.body());
                var problems = compiled(schema).validate(mapper.readTree(answer.body()));
                assertTrue(problems.isEmpty(), () -> address.getKey() + ": " + problems + " in " + answer.body());
                checked++;
            }
        }
        assertEquals(14, checked);
    }

    @Test
    void aWrongAnswerWouldBeFound() throws IOException {
        JsonNode schema = paths().at("/~1health/get/responses/200/content/application~1json/schema");
        assertFalse(compiled(schema)
                .validate(mapper.readTree("{\"status\":\"well\"}"))
                .isEmpty());
    }

    private JsonNode paths() {
        return description.required("paths");
    }

    /** With the schemas that it refers to beside it. */
    private com.networknt.schema.JsonSchema compiled(JsonNode schema) {
        var whole = mapper.createObjectNode();
        whole.setAll((com.fasterxml.jackson.databind.node.ObjectNode) schema);
        whole.set("components", description.required("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }

    private RawHttp.Answer get(String target) throws IOException {
        return RawHttp.request(server.port(), "GET", target).send();
    }
}
