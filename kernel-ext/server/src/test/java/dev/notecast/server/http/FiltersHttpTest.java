package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.pipeline.PipelineOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may choose which filter. */
class FiltersHttpTest {
    private static final PathName CAM = new PathName("cam");
    private static final PathName AI = new PathName("cam-ai");

    private final FakeMedia media = new FakeMedia();
    private AccessPolicy policy;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        policy = new AccessPolicy(config, Clock.systemUTC());
        server = HttpServer.start(config, policy, media, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.close();
        media.pipelines.close();
    }

    /** Of this machine's own page. */
    private RawHttp owner(String method, String target) {
        return RawHttp.request(server.port(), method, target);
    }

    /** Of a page elsewhere, with a link to publish. */
    private RawHttp guest(String method, String target) {
        return owner(method, target)
                .header("Origin", "https://elsewhere.example")
                .header("Authorization", "Bearer " + policy.issue(new Scope.Publish(CAM), Duration.ofMinutes(1)));
    }

    private static RawHttp choosing(RawHttp request, String filter) {
        return request.body("application/json", "{\"filter\": \"" + filter + "\"}");
    }

    /** The first answer that is no success of requests that follow each other at once. */
    private static int fastest(Supplier<RawHttp> request) throws IOException {
        for (int i = 0; i < 50; i++) {
            int status = request.get().send().status();
            if (status != 200) {
                return status;
            }
        }
        return 200;
    }

    private static void assertRefused(int status, String line, RawHttp request) throws IOException {
        RawHttp.Answer answer = request.send();
        assertTrue(answer.body().startsWith(line) && answer.body().lines().count() == 1, answer.body());
        assertEquals(status, answer.status(), answer.body());
    }

    @Test
    void theOwnersFirstChoiceStartsAPipelineAndTheNextExchangesItsFilters() throws IOException {
        RawHttp.Answer before = owner("GET", "/cam/filters").send();
        assertTrue(before.body().contains("\"output\":null,\"filter\":\"copy\""), before.body());
        assertTrue(
                before.body().contains("{\"filter\":\"sepia\",\"kind\":\"classical\",\"what\":\"Brown"), before.body());
        RawHttp.Answer chosen = choosing(owner("PUT", "/cam/filters"), "sepia").send();
        assertEquals(200, chosen.status());
        assertTrue(chosen.body().contains("\"output\":\"cam-ai\",\"filter\":\"sepia\""), chosen.body());
        choosing(owner("PUT", "/cam/filters"), "invert").send();
        assertEquals(1, media.pipelines.list().size());
        assertEquals("invert", media.pipelines.status("cam-ai").filters());
        RawHttp.Answer output = owner("GET", "/cam-ai/pipeline").send();
        assertTrue(output.body().contains("\"in\":\"cam\""), output.body());
        assertEquals(204, owner("GET", "/cam/pipeline").send().status());
    }

    @Test
    void aFilterIsOneOfAListAndNeverAText() throws IOException {
        String line = "this server has no such filter, but copy, edge_detection, ";
        for (String filter : List.of("pixelate:size=20", "invert,mirror", "text:text=hello", "", "/etc/passwd")) {
            assertRefused(400, line, choosing(owner("PUT", "/cam/filters"), filter));
        }
        assertRefused(400, "the JSON's 'filter'", owner("PUT", "/cam/filters").body("application/json", "{}"));
        assertEquals(
                415,
                owner("PUT", "/cam/filters").body("text/plain", "invert").send().status());
        assertEquals(405, owner("DELETE", "/cam/filters").send().status());
        assertEquals(List.of(), media.pipelines.list());
    }

    @Test
    void guestsChooseAmongWhatTheNotebookAllows() throws IOException {
        String none = "filters of 'cam' are chosen by whoever runs this server";
        assertRefused(403, none, choosing(guest("PUT", "/cam/filters"), "invert"));
        media.pipelines.start("p", PipelineOptions.of(CAM, AI), "sepia");
        assertRefused(403, none, choosing(guest("PUT", "/cam/filters"), "invert"));
        assertTrue(guest("GET", "/cam/filters").send().body().endsWith("\"choices\":[]}"));
        media.pipelines.stop("p");
        PipelineOptions options = PipelineOptions.of(CAM, AI).withChoices(List.of("mirror", "pixelate:size=20"));
        media.pipelines.start("p", options, "sepia");
        assertRefused(
                400,
                "this server has no such filter, but copy, mirror, pixelate:size=20\n",
                choosing(guest("PUT", "/cam/filters"), "invert"));
        assertEquals(
                200,
                choosing(guest("PUT", "/cam/filters"), "pixelate:size=20")
                        .send()
                        .status());
        assertEquals("pixelate:size=20", media.pipelines.status("p").filters());
        assertEquals(429, fastest(() -> choosing(guest("PUT", "/cam/filters"), "mirror")));
        assertEquals(403, guest("GET", "/other/filters").send().status());
        assertEquals(
                401,
                owner("GET", "/cam/filters")
                        .header("Origin", "https://elsewhere.example")
                        .send()
                        .status());
    }

    @Test
    void theOwnersPagesMayHaveATokenForLess() throws IOException {
        String token = policy.issue(new Scope.Publish(CAM), Duration.ofMinutes(1));
        RawHttp.Answer answer = choosing(owner("PUT", "/cam/filters"), "invert")
                .header("Authorization", "Bearer " + token)
                .send();
        assertEquals(200, answer.status(), answer.body());
    }

    @Test
    void pipelinesAreCountedForPrometheus() throws IOException {
        media.pipelines.start("p", PipelineOptions.of(CAM, AI), "mirror,mirror");
        String metrics = owner("GET", "/metrics").send().body();
        for (String line : List.of(
                "notecast_pipeline_frames_total{pipeline=\"p\"} 0.0",
                "notecast_pipeline_fps{pipeline=\"p\"} 0.0",
                "notecast_pipeline_dropped_frames_total{pipeline=\"p\",stage=\"wait\"} 0.0",
                "notecast_pipeline_stage_seconds{pipeline=\"p\",quantile=\"0.95\",stage=\"mirror 2\"} 0.0")) {
            assertTrue(metrics.contains(line), line + " is not in " + metrics);
        }
        assertFalse(metrics.contains("dropped_frames_total{pipeline=\"p\",stage=\"arrival to sent\""), metrics);
    }
}
