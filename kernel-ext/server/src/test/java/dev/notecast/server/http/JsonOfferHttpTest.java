package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonOfferHttpTest {
    private final FakeMedia media = new FakeMedia();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        server = HttpServer.start(config, new AccessPolicy(config, Clock.systemUTC()), media, Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.close();
        media.pipelines.close();
    }

    @Test
    void anOfferInJsonIsAnsweredInJson() throws IOException {
        RawHttp.Answer answer = post("{\"sdp\": \"good\", \"type\": \"offer\", \"model\": null}");
        assertEquals(200, answer.status());
        assertEquals("{\"sdp\":\"answer to good\",\"type\":\"answer\",\"pc_id\":\"session1\"}", answer.body());
    }

    @Test
    void aFilterThatIsNotThereIsSaidAndDoesNotStopTheClient() throws IOException {
        RawHttp.Answer answer = post("{\"sdp\": \"good\", \"type\": \"offer\", \"model\": \"<paint>\"}");
        assertEquals(200, answer.status());
        assertTrue(
                answer.body().contains("\"model\":\"none\",\"note\":\"this server has no such filter"), answer.body());
        assertTrue(answer.body().contains("but copy, edge_detection, "), answer.body());
        assertEquals(-1, answer.body().indexOf("paint"));
        assertEquals(Optional.empty(), media.lastProcessed);
    }

    @Test
    void theVideoComesBackThroughTheFilterThatTheClientNames() throws IOException {
        RawHttp.Answer answer = post("{\"sdp\": \"good\", \"type\": \"offer\", \"model\": \"sepia\"}");
        assertTrue(answer.body().startsWith("{\"model\":\"sepia\",\"output\":\"live-ai\""), answer.body());
        assertEquals(Optional.of(new PathName("live-ai")), media.lastProcessed);
        assertEquals("sepia", media.pipelines.status("live-ai").filters());
        post("{\"sdp\": \"good\", \"type\": \"offer\", \"model\": \"invert\"}");
        assertEquals("invert", media.pipelines.status("live-ai").filters());
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws IOException {
        assertRefused(400, "the JSON's 'type' must be 'offer'", "{\"sdp\": \"x\", \"type\": \"answer\"}");
        assertRefused(400, "the JSON's 'sdp' must be the offer's text", "{\"type\": \"offer\"}");
        assertRefused(400, "no m-line", "{\"type\": \"offer\", \"sdp\": \"bad\"}");
        assertRefused(400, "the body is no JSON, or nested deeper than 32", "v=0");
        assertRefused(413, "the body is over 256 KiB", "{\"sdp\": \"" + "x".repeat(300_000) + "\"}");
        assertEquals(
                415,
                RawHttp.request(server.port(), "POST", "/webrtc/offer")
                        .body("application/sdp", "v=0")
                        .send()
                        .status());
    }

    @Test
    void aPageFromDiskNeedsAToken() throws IOException {
        RawHttp.Answer answer = RawHttp.request(server.port(), "POST", "/webrtc/offer")
                .header("Origin", "null")
                .body("application/json", "{}")
                .send();
        assertEquals(401, answer.status());
        assertEquals("*", answer.header("Access-Control-Allow-Origin").orElseThrow());
    }

    private void assertRefused(int status, String line, String body) throws IOException {
        RawHttp.Answer answer = post(body);
        assertEquals(line + "\n", answer.body());
        assertEquals(status, answer.status());
    }

    private RawHttp.Answer post(String body) throws IOException {
        return RawHttp.request(server.port(), "POST", "/webrtc/offer")
                .body("application/json; charset=utf-8", body)
                .send();
    }
}
