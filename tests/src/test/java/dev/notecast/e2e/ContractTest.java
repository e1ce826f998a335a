package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.notecast.e2e.server.NotecastServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a client is promised of each address, asked of the server's own process; rows in their order. */
class ContractTest {
    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
    private static final String LATER = "not there yet: ";
    private static final String METHODS = "Allow=OPTIONS, POST";

    private record Missing(String value, String protocol) {}

    private static final Map<String, Missing> WITHOUT_EFFECT = Map.of(
            "--rtsp-port", new Missing("8554", "RTSP"),
            "--hls-port", new Missing("8888", "HLS"),
            "--tls", new Missing("self", "HTTPS"),
            "--config", new Missing("studio.conf", "configuration files"));

    private static NotecastServer server;
    private static byte[] jpeg;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param headers of the answer that have to be there, {@code name=beginning of the value} */
    private record Row(
            String what, String method, String path, String type, Object body, int status, List<String> headers) {}

    @BeforeAll
    static void start() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(160, 120, BufferedImage.TYPE_INT_RGB), "jpeg", out);
        jpeg = out.toByteArray();
        List<String> flags = new ArrayList<>(
                List.of("--default-path", "studio", "--allow-host", "studio.example", "--stun", "stun:127.0.0.1:9"));
        WITHOUT_EFFECT.forEach((flag, what) -> flags.addAll(List.of(flag, what.value())));
        server = NotecastServer.start(flags.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        server.close();
        HTTP.close();
    }

    private static Row row(String what, String request, int status, String... headers) {
        return sending(what, request, null, "", status, headers);
    }

    private static Row sending(String what, String request, String type, Object body, int status, String... headers) {
        String[] words = request.split(" ", 2);
        return new Row(what, words[0], words[1], type, body, status, List.of(headers));
    }

    @TestFactory
    Stream<DynamicTest> pages() {
        return all(
                row("index", "GET /", 200, "content-type=text/html"),
                row("publish page", "GET /cam/publish", 200, "content-type=text/html"),
                row("viewer page", "GET /cam/", 200, "content-type=text/html"),
                row("viewer page of a path of four", "GET /a/b/c/d/", 200, "content-type=text/html"),
                row("client from disk", "GET /client.html", 200, "content-type=text/html"),
                row("API description", "GET /api/v1/openapi.json", 200, "content-type=application/json"),
                row("status", "GET /api/v1/status", 200, "content-type=application/json"),
                row("paths", "GET /api/v1/paths", 200, "content-type=application/json"),
                row("a path that is not there", "GET /api/v1/paths/nobody", 404),
                row("sessions", "GET /api/v1/sessions", 200, "content-type=application/json"),
                row("pipelines", "GET /api/v1/pipelines", 200, "content-type=application/json"),
                row("a pipeline that is not there", "GET /api/v1/pipelines/nobody", 404),
                row("a path that no pipeline makes", "GET /cam/pipeline", 204),
                row("filters of a path", "GET /cam/filters", 200, "content-type=application/json"),
                row("filters of the default path", "GET /webrtc/filters", 200, "content-type=application/json"),
                sending(
                        "a filter that is not there",
                        "PUT /cam/filters",
                        "application/json",
                        "{\"filter\":\"x\"}",
                        400),
                row("filters by POST", "POST /cam/filters", 405, "Allow="),
                row("metrics", "GET /metrics", 200, "content-type=text/plain; version=0.0.4"),
                row("metrics by POST", "POST /metrics", 405, "Allow="),
                row("broadcaster of Ooblex, " + LATER + "a page of its own", "GET /?broadcaster=true", 200),
                row("viewer of Ooblex, " + LATER + "a page of its own", "GET /?viewer=true", 200),
                row("ending a session that is not there", "DELETE /api/v1/sessions/nobody", 404),
                row("five segments", "GET /a/b/c/d/e/", 404),
                row("a hidden name", "GET /.hidden/", 404),
                row("a reserved name", "GET /api/", 404));
    }

    @TestFactory
    Stream<DynamicTest> whipAndWhep() {
        String refuses = "Allow=";
        return Stream.of("whip", "whep")
                .flatMap(kind -> all(
                        row(
                                kind + " options",
                                "OPTIONS /cam/" + kind,
                                204,
                                "Accept-Post=application/sdp",
                                "Access-Control-Allow-Headers=Authorization, Content-Type, If-Match",
                                "Access-Control-Allow-Origin=*",
                                "Link=<stun:"),
                        row(kind + " by GET", "GET /cam/" + kind, 405, METHODS),
                        row(kind + " by HEAD", "HEAD /cam/" + kind, 405, METHODS),
                        row(kind + " by PUT", "PUT /cam/" + kind, 405, METHODS),
                        row(kind + " by DELETE", "DELETE /cam/" + kind, 405, METHODS),
                        sending(kind + " of another type", "POST /cam/" + kind, "text/plain", "v=0", 415),
                        sending(kind + " without a type", "POST /cam/" + kind, null, "v=0", 415),
                        sending(kind + " that is no SDP", "POST /cam/" + kind, SDP, "hello", 400),
                        sending(kind + " beyond 128 KiB", "POST /cam/" + kind, SDP, "x".repeat((128 << 10) + 1), 413),
                        sending(kind + " of a reserved name", "POST /rooms/" + kind, SDP, "v=0", 404),
                        sending(kind + " of five segments", "POST /a/b/c/d/e/" + kind, SDP, "v=0", 404),
                        sending(kind + " session that is not there", "PATCH /cam/" + kind + "/x", FRAGMENT, "a=x", 404),
                        sending(kind + " session of another type", "PATCH /cam/" + kind + "/x", SDP, "a=x", 415),
                        row(kind + " session that has ended", "DELETE /cam/" + kind + "/x", 404),
                        row(kind + " session by GET", "GET /cam/" + kind + "/x", 405, refuses)));
    }

    @TestFactory
    Stream<DynamicTest> pictures() {
        return all(
                row("newest picture of nobody", "GET /cam/snapshot.jpg", 404),
                row("pictures of nobody", "GET /cam/stream.mjpg", 404),
                row("newest picture of the default path, none yet", "GET /snapshot.jpg", 503, "Retry-After="),
                sending("a frame of another type", "POST /cam/frame", "text/plain", "hello", 415),
                row("newest frame of nobody", "GET /cam/frame", 404),
                row("detections of nobody", "GET /cam/detections", 404),
                sending("a frame by PUT", "PUT /cam/frame", "image/jpeg", jpeg, 405, "Allow="),
                sending("a frame beyond 8 MiB", "POST /cam/frame", "image/jpeg", new byte[(8 << 20) + 1], 413),
                sending("a frame", "POST /cam/frame", "image/jpeg", jpeg, 200),
                row("newest picture", "GET /cam/snapshot.jpg", 200, "content-type=image/jpeg"),
                row("newest frame", "GET /cam/frame", 200, "content-type=image/jpeg"),
                row(
                        "newest frame as pixels",
                        "GET /cam/frame?format=ppm&width=80",
                        200,
                        "content-type=image/x-portable"),
                row("detections", "GET /cam/detections", 200, "content-type=application/x-ndjson"),
                sending(
                        "detections of a program",
                        "POST /cam/detections",
                        "application/json",
                        "{\"width\":160,\"height\":120,\"detections\":[]}",
                        204),
                row("pictures", "GET /cam/stream.mjpg", 200, "content-type=multipart/x-mixed-replace"),
                row("pictures, smaller", "GET /cam/stream.mjpg?width=80&q=50&fps=5", 200),
                sending("alias /upload", "POST /upload", "image/jpeg", jpeg, 200),
                sending("alias /upload_frame", "POST /upload_frame", "image/jpeg", jpeg, 200),
                row("alias /snapshot.jpg", "GET /snapshot.jpg", 200, "content-type=image/jpeg"),
                row("alias /stream.mjpg", "GET /stream.mjpg", 200, "content-type=multipart/x-mixed-replace"),
                row("alias /webrtc/offer by GET", "GET /webrtc/offer", 405, "Allow="),
                sending("alias /webrtc/offer, no JSON", "POST /webrtc/offer", "application/json", "hello", 400));
    }

    @TestFactory
    Stream<DynamicTest> health() {
        return Stream.of(
                        "status\":\"healthy",
                        "gpu_available",
                        "gpu_name",
                        "queue_size",
                        "active_connections",
                        "viewers")
                .map(field -> dynamicTest("health says " + field, () -> {
                    NotecastServer.Reply response = server.get("health");
                    assertEquals(200, response.statusCode());
                    assertTrue(response.body().replaceAll("\\s", "").contains("\"" + field), response.body());
                }));
    }

    @TestFactory
    Stream<DynamicTest> flagsThatAreNotThereYet() {
        return WITHOUT_EFFECT.entrySet().stream()
                .map(each -> dynamicTest(LATER + each.getKey(), () -> {
                    String line = "notecast: " + each.getKey() + " has no effect yet: this version comes without "
                            + each.getValue().protocol();
                    assertTrue(server.output().contains(line), () -> String.join("\n", server.output()));
                }));
    }

    /** What {@code install/notecast} takes, and that anything else is one line with the way to the help. */
    @TestFactory
    Stream<DynamicTest> launcher() {
        List<String> help = launch(0, "--help");
        return Stream.of(
                        "start [--no-browser] [--port N]",
                        "serve [flags of %sfu start]",
                        "test [--all]",
                        "doctor",
                        "kernel [--user|--sys-prefix]",
                        "bench [NAME]")
                .map(usage -> dynamicTest(
                        "install/notecast " + usage,
                        () -> assertTrue(
                                help.stream().anyMatch(line -> line.contains("install/notecast " + usage)),
                                () -> String.join("\n", help))));
    }

    @Test
    void theLauncherSaysInALineWhatItDoesNotKnow() {
        for (List<String> unknown : List.of(List.of("strat"), List.of("start", "--prot"), List.of("test", "--some"))) {
            String all = String.join("\n", launch(1, unknown.toArray(String[]::new)));
            assertTrue(all.contains("'" + unknown.getLast() + "'"), all);
        }
    }

    @Test
    void theDoctorSaysOneLineForEachCheckAndAsksNobodyWhereNobodyMayBeAsked() {
        List<String> command = List.of(Tools.launcher().toString(), "doctor");
        try (ChildProcess doctor =
                ChildProcess.start("the doctor", Tools.REPOSITORY, Map.of("NOTECAST_STUN", "none"), command)) {
            doctor.awaitExit(Duration.ofSeconds(60)); // 1 on a machine that lacks something
            String all = String.join("\n", doctor.lines());
            List<String> checks =
                    doctor.lines().stream().takeWhile(line -> !line.isEmpty()).toList();
            assertTrue(checks.size() > 10, all);
            assertTrue(checks.stream().allMatch(line -> line.matches("(ok|note|FAILED) +\\S.*")), all);
            assertTrue(all.contains("UDP out: nobody was asked") || all.contains("network was not looked at"), all);
        }
    }

    private static List<String> launch(int code, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Tools.launcher().toString()));
        command.addAll(List.of(arguments));
        try (ChildProcess launcher = ChildProcess.start("the launcher", Tools.REPOSITORY, Map.of(), command)) {
            assertEquals(code, launcher.awaitExit(Duration.ofSeconds(30)), () -> String.join("\n", launcher.lines()));
            return launcher.lines();
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotThereYet() {
        return Stream.of(
                        "/rooms",
                        "/room/abc",
                        "/broadcast",
                        "/ws/room/abc",
                        "/ws/broadcast/abc",
                        "/ws/robot",
                        "/playback/list",
                        "/studio/index.m3u8",
                        "/ice")
                .flatMap(path -> all(row(LATER + path, "GET " + path, 404)));
    }

    private static Stream<DynamicTest> all(Row... rows) {
        return Stream.of(rows)
                .map(row -> dynamicTest(
                        row.what() + ": " + row.method() + " " + row.path() + " " + row.status(), () -> check(row)));
    }

    private static void check(Row row) throws IOException, InterruptedException {
        byte[] body = row.body() instanceof byte[] bytes
                ? bytes
                : row.body().toString().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url(row.path()))
                .timeout(Duration.ofSeconds(60))
                .method(row.method(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (row.type() != null) {
            request.header("Content-Type", row.type());
        }
        HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            String said = response.statusCode() >= 400 ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : "";
            assertEquals(row.status(), response.statusCode(), said);
            assertTrue(said.lines().count() <= 1, "one line of text: " + said);
        }
        for (String header : row.headers()) {
            String[] sides = header.split("=", 2);
            String given = response.headers().firstValue(sides[0]).orElse(null);
            assertTrue(given != null && given.startsWith(sides[1]), sides[0] + ": " + given);
        }
    }
}
