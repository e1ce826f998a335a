package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.detection.Findings;
import dev.notecast.vision.filter.Detection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionsHttpTest {
    private static final PathName LIVE = new PathName("live");
    private static final Detection CUP = new Detection("<b>cup</b>", 10, 20, 30, 40, 0.5);
    private static final String CUP_SAID =
            "{\"label\":\"<b>cup</b>\",\"x\":10,\"y\":20,\"width\":30,\"height\":40,\"score\":0.5}";

    private final ObjectMapper mapper = new ObjectMapper();
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
        media.board.close();
        server.close();
    }

    private Findings found(int width) {
        return new Findings(
                LIVE, "pipeline p", false, Instant.ofEpochMilli(1_763_768_403_123L), 1, width, 480, List.of(CUP));
    }

    private void assertCup(String json) throws IOException {
        JsonNode expected = mapper.readTree(
                """
                {"path":"live","source":"pipeline p","outside":false,"timeMillis":1763768403123,"width":640,"height":480,
                 "detections":[%s]}"""
                        .formatted(CUP_SAID));
        assertEquals(expected, mapper.readTree(json));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within a minute: " + what);
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void awaitReader() {
        await("somebody who waits", () -> media.board.status().stream().anyMatch(status -> status.readers() > 0));
    }

    @Test
    void findingsComeAsLinesOfJson() throws IOException {
        try (Socket socket =
                RawHttp.request(server.port(), "GET", "/live/detections").open()) {
            String head = RawHttp.readHead(socket.getInputStream());
            assertTrue(head.contains("application/x-ndjson"), head);
            awaitReader();
            media.board.publish(found(640));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            String found = line.startsWith("{") ? line : lines.readLine(); // chunks have their length before them
            assertCup(found);
            assertTrue(isAsDescribed("Findings", found), found);
            assertFalse(isAsDescribed("Findings", found.replace("outside", "inside")));
        }
    }

    @Test
    void findingsComeOnAWebSocketInOrderAndTheServersEndCloses() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Messages messages = new Messages();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(ws("/live/detections?fps=120"), messages)
                    .join();
            awaitReader();
            media.board.publish(found(640));
            assertCup(messages.next());
            for (int width = 641; width < 646; width++) {
                media.board.publish(found(width));
                assertEquals(
                        width, mapper.readTree(messages.next()).get("width").intValue());
            }
            socket.sendText("x".repeat(500), true).join(); // nobody listens
            media.board.publish(found(640));
            assertCup(messages.next());
            media.board.close();
            assertEquals("closed 1001", messages.next());
        }
    }

    @Test
    void aClientThatLeavesIsNotWaitedFor() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(ws("/live/detections"), new Messages())
                    .join();
            awaitReader();
            long leftNanos = System.nanoTime();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            await("its end", () -> media.board.status().isEmpty());
            long tookMillis = (System.nanoTime() - leftNanos) / 1_000_000;
            assertTrue(tookMillis < 5_000, tookMillis + " ms: only the connection's idle timeout has ended it");
        }
    }

    @Test
    void aClientGetsNoMoreThanItAsksForAndThenTheNewest() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Messages messages = new Messages();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(ws("/live/detections?fps=2"), messages)
                    .join();
            awaitReader();
            for (int width = 1; width <= 60; width++) {
                media.board.publish(found(width));
                LockSupport.parkNanos(5_000_000);
            }
            int last = 0;
            int got = 0;
            while (last < 60) {
                last = mapper.readTree(messages.next()).get("width").intValue();
                got++;
            }
            assertTrue(got < 10, got + " messages at two a second");
            socket.abort(); // or the client would wait for its end
        }
    }

    @Test
    void aPathWithoutAStreamIsNotFound() throws IOException {
        assertEquals(
                404,
                RawHttp.request(server.port(), "GET", "/empty/detections")
                        .send()
                        .status());
        assertEquals(404, post("/empty/detections", said(CUP_SAID)).send().status());
        assertEquals(404, upgrade("/empty/detections").send().status());
        assertEquals(404, upgrade("/live/").send().status());
        assertEquals(404, upgrade("/ws/room/1").send().status());
        RawHttp.Answer bad = upgrade("/live/detections?fps=0").send();
        assertEquals(400, bad.status());
        assertEquals("fps is a number from 1 to 120\n", bad.body());
    }

    @Test
    void pagesOfOthersNeedATokenToReadAndOneForPublishingToSay() throws IOException {
        String read = policy.issue(new Scope.Read(LIVE), Duration.ofMinutes(1));
        String publish = policy.issue(new Scope.Publish(LIVE), Duration.ofMinutes(1));
        String other = policy.issue(new Scope.Read(new PathName("other")), Duration.ofMinutes(1));
        RawHttp.Answer foreign =
                upgrade("/live/detections").header("Origin", "http://evil.test").send();
        assertEquals(401, foreign.status());
        assertTrue(foreign.body().startsWith("a token is needed"), foreign.body());
        assertTrue(foreign.header("WWW-Authenticate").isPresent());
        assertEquals(
                401, upgrade("/live/detections").header("Origin", "null").send().status());
        assertEquals(421, upgrade("/live/detections").host("evil.test").send().status());
        assertEquals(403, upgrade("/live/detections?token=" + other).send().status());
        assertEquals(403, upgrade("/live/detections?token=" + publish).send().status());
        try (Socket socket = upgrade("/live/detections?token=" + read)
                .header("Origin", "http://evil.test")
                .open()) {
            assertTrue(RawHttp.readHead(socket.getInputStream()).startsWith("HTTP/1.1 101"));
        }
        assertEquals(401, said(CUP_SAID, "http://evil.test", null));
        assertEquals(403, said(CUP_SAID, "http://evil.test", read));
        assertEquals(204, said(CUP_SAID, "http://evil.test", publish));
        RawHttp.Answer preflight = RawHttp.request(server.port(), "OPTIONS", "/live/detections")
                .header("Origin", "http://evil.test")
                .header("Access-Control-Request-Method", "POST")
                .send();
        assertEquals(204, preflight.status());
        assertEquals("GET, HEAD, OPTIONS, POST", preflight.header("Allow").orElseThrow());
    }

    private int said(String detection, String origin, String token) throws IOException {
        RawHttp request = post("/live/detections", said(detection)).header("Origin", origin);
        return (token == null ? request : request.header("Authorization", "Bearer " + token))
                .send()
                .status();
    }

    @Test
    void whatAProgramOutsideSaysIsTold() throws Exception {
        Instant before = Instant.now();
        String body = "{\"source\":\"worker 1\",\"width\":640,\"height\":480,\"timeMillis\":" + before.toEpochMilli()
                + ",\"detections\":[" + CUP_SAID + "],\"more\":{}}";
        assertEquals(204, post("/live/detections", body).send().status());
        assertTrue(isAsDescribed("FindingsSaid", body));
        Findings told =
                media.board.next(LIVE, 0, System.nanoTime()).orElseThrow().findings();
        Instant time = Instant.ofEpochMilli(before.toEpochMilli());
        assertTrue(Duration.between(told.time(), time).abs().compareTo(Duration.ofMillis(2)) < 0, told.toString());
        assertEquals("worker 1", told.source());
        assertTrue(told.outside());
        assertEquals(List.of(CUP.at(told.time())), told.detections());
    }

    @Test
    void boxesAreCutOffAtThePicturesEdges() throws Exception {
        String over = "{\"label\":\"a\",\"x\":-10.4,\"y\":470,\"width\":20.4,\"height\":100}";
        String beyond = "{\"label\":\"b\",\"x\":700,\"y\":0,\"width\":20,\"height\":100}";
        assertEquals(
                204, post("/live/detections", said(over + "," + beyond)).send().status());
        Findings told =
                media.board.next(LIVE, 0, System.nanoTime()).orElseThrow().findings();
        assertEquals(List.of(new Detection("a", 0, 470, 10, 10, 1).at(told.time())), told.detections());
        assertEquals("outside", told.source());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|the body is no JSON object",
                "{|the body is no JSON, or nested deeper than 32",
                "{\"width\":0,\"height\":480,\"detections\":[]}|'width' of the picture is a whole number from 1 to 16384",
                "{\"width\":1.5,\"height\":480,\"detections\":[]}|'width' of the picture is a whole number from 1 to 16384",
                "{\"width\":640,\"height\":\"9\",\"detections\":[]}|'height' of the picture is a whole number from 1 to 16384",
                "{\"width\":640,\"height\":480}|'detections' is a list",
                "{\"width\":640,\"height\":480,\"detections\":[],\"source\":\"<i>\"}|'source' has 1 to 32 letters, digits,"
                        + " spaces, '.', '_' and '-'",
                "{\"width\":640,\"height\":480,\"detections\":[],\"timeMillis\":9223372036854775807}|'timeMillis' is when the"
                        + " picture came in, in milliseconds since 1970: within the last 10 minutes",
                "{\"width\":640,\"height\":480,\"detections\":[],\"timeMillis\":-9223372036854775808}|'timeMillis' is when the"
                        + " picture came in, in milliseconds since 1970: within the last 10 minutes",
                "{\"width\":640,\"height\":480,\"detections\":[],\"timeMillis\":1e400}|'timeMillis' is when the"
                        + " picture came in, in milliseconds since 1970: within the last 10 minutes"
            })
    void aBodyThatSaysNothingIsRefusedInOneLine(String body, String line) throws IOException {
        RawHttp.Answer answer = post("/live/detections", body).send();
        assertEquals(line + "\n", answer.body());
        assertEquals(400, answer.status());
        assertEquals(0, media.board.newest(LIVE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3|'x' of a detection is a number from -16384 to 32768",
                "{\"label\":\"a\",\"x\":1e999,\"y\":0,\"width\":1,\"height\":1}|'x' of a detection is a number from -16384"
                        + " to 32768",
                "{\"label\":\"a\",\"x\":0,\"y\":\"0\",\"width\":1,\"height\":1}|'y' of a detection is a number from -16384"
                        + " to 32768",
                "{\"label\":\"a\",\"x\":0,\"y\":0,\"width\":-1,\"height\":1}|'width' of a detection is a number from 0 to"
                        + " 32768",
                "{\"label\":\"a\",\"x\":0,\"y\":0,\"width\":1,\"height\":1,\"score\":1.1}|'score' of a detection is a"
                        + " number from 0 to 1",
                "{\"label\":\" \",\"x\":0,\"y\":0,\"width\":1,\"height\":1}|'label' has 1 to 64 characters, none of them"
                        + " invisible",
                "{\"x\":0,\"y\":0,\"width\":1,\"height\":1}|'label' has 1 to 64 characters, none of them invisible",
                "{\"label\":\"a\\u202eb\",\"x\":0,\"y\":0,\"width\":1,\"height\":1}|'label' has 1 to 64 characters, none of"
                        + " them invisible",
                "{\"label\":\"a\\u001b[2J\",\"x\":0,\"y\":0,\"width\":1,\"height\":1}|'label' has 1 to 64 characters, none"
                        + " of them invisible"
            })
    void aDetectionThatIsNoneIsRefusedInOneLine(String detection, String line) throws IOException {
        RawHttp.Answer answer = post("/live/detections", said(detection)).send();
        assertEquals(line + "\n", answer.body());
        assertEquals(400, answer.status());
        assertEquals(0, media.board.newest(LIVE));
        boolean asDescribed = isAsDescribed("FindingsSaid", said(detection));
        assertEquals(
                line.startsWith("'label'") && detection.contains("label"), asDescribed, "no schema tells what is seen");
    }

    /** By the schema that the server itself serves. */
    private boolean isAsDescribed(String schema, String json) throws IOException {
        JsonNode description = mapper.readTree(RawHttp.request(server.port(), "GET", "/api/v1/openapi.json")
                .send()
                .body());
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(description.at("/components/schemas/" + schema))
                .validate(mapper.readTree(json))
                .isEmpty();
    }

    @Test
    void whatIsFoundAndKeptIsCounted() throws IOException {
        media.board.publish(found(640));
        assertEquals(
                204,
                post("/live/detections", said(CUP_SAID + "," + CUP_SAID)).send().status());
        String metrics =
                RawHttp.request(server.port(), "GET", "/metrics").send().body();
        for (String line : List.of(
                "notecast_path_findings_total{path=\"live\"} 2.0",
                "notecast_path_findings_outside_total{path=\"live\"} 1.0",
                "notecast_path_detections_total{path=\"live\"} 3.0",
                "notecast_path_detection_readers{path=\"live\"} 0.0",
                "notecast_rewind_frames{path=\"live\"} 900.0",
                "notecast_rewind_bytes{path=\"live\"} 3.6E7")) {
            assertTrue(metrics.contains(line + "\n"), line + " in " + metrics);
        }
    }

    @Test
    void howMuchIsSaidIsLimited() throws IOException {
        String many = String.join(",", Collections.nCopies(257, CUP_SAID));
        assertEquals(
                "'detections' has 256 entries at most, not 257\n",
                post("/live/detections", said(many)).send().body());
        assertEquals(
                413,
                post("/live/detections", said(CUP_SAID) + " ".repeat(70_000))
                        .send()
                        .status());
        String longLabel = CUP_SAID.replace("<b>cup</b>", "x".repeat(65));
        assertEquals(400, post("/live/detections", said(longLabel)).send().status());
        assertEquals(
                415,
                RawHttp.request(server.port(), "POST", "/live/detections")
                        .body("text/plain", said(CUP_SAID))
                        .send()
                        .status());
        assertEquals(
                405,
                RawHttp.request(server.port(), "PUT", "/live/detections").send().status());
        boolean refused = false;
        for (int i = 0; i < 2000 && !refused; i++) {
            boolean taken = media.board.offer(new Findings(LIVE, "s", true, Instant.now(), 0, 1, 1, List.of()));
            refused = !taken;
        }
        assertTrue(refused);
        assertEquals(429, post("/live/detections", said(CUP_SAID)).send().status());
        assertTrue(
                media.board.offer(new Findings(new PathName("other"), "s", true, Instant.now(), 0, 1, 1, List.of())));
    }

    @Test
    void socketsWithoutARightAreCountedAsRefused() {
        long before = server.refused();
        try (HttpClient http = HttpClient.newHttpClient()) {
            CompletionException thrown = assertThrows(CompletionException.class, () -> http.newWebSocketBuilder()
                    .header("Origin", "http://evil.test")
                    .buildAsync(ws("/live/detections"), new Messages())
                    .join());
            assertTrue(thrown.getCause() instanceof WebSocketHandshakeException, thrown.toString());
        }
        assertEquals(before + 1, server.refused());
        assertFalse(media.board.isWanted(LIVE));
    }

    private RawHttp upgrade(String target) {
        return RawHttp.request(server.port(), "GET", target)
                .header("Upgrade", "websocket")
                .header("Connection", "Upgrade")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    }

    private RawHttp post(String target, String body) {
        return RawHttp.request(server.port(), "POST", target).body("application/json", body);
    }

    private static String said(String detections) {
        return "{\"width\":640,\"height\":480,\"detections\":[" + detections + "]}";
    }

    private URI ws(String target) {
        return URI.create("ws://127.0.0.1:" + server.port() + target);
    }

    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            received.add("closed " + code);
            return null;
        }

        String next() throws InterruptedException {
            String message = received.poll(1, TimeUnit.MINUTES);
            assertTrue(message != null, "no message within a minute");
            return message;
        }
    }
}
