package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.ingest.upload.UploadedImage;
import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHttpTest {
    private final FakeMedia media = new FakeMedia();
    private AccessPolicy policy;
    private HttpServer server;
    private byte[] jpeg;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        policy = new AccessPolicy(config, Clock.systemUTC());
        server = HttpServer.start(config, policy, media, Duration.ofSeconds(5));
        jpeg = picture("jpg");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] picture(String format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), format, file);
        return file.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/frame", "/upload_frame", "/upload"})
    void aPictureIsTakenAtEveryAddressThatClientsKnow(String target) throws IOException {
        RawHttp.Answer answer = post(target).body("image/jpeg", jpeg).send();
        assertEquals(200, answer.status());
        assertEquals("OK", answer.body());
        assertTaken();
    }

    /** The types that curl, requests and browsers give when nobody says any. */
    @Test
    void theBytesSayWhatItIsNotTheType() throws IOException {
        for (String type :
                new String[] {null, "application/x-www-form-urlencoded", "application/octet-stream", "text/plain"}) {
            assertEquals(200, post("/live/frame").body(type, jpeg).send().status(), type);
        }
        assertEquals(
                200,
                post("/live/frame").body("image/jpeg", picture("png")).send().status());
        assertEquals(5, media.frames.size());
    }

    /** What {@code requests.post(url, files={"frame": ...})} sends, and what a page's form does. */
    @Test
    void aFormWithAFileIsTaken() throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(ascii("--c0ffee\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nnone\r\n--c0ffee\r\n"
                + "Content-Disposition: form-data; name=\"frame\"; filename=\"frame\"\r\n\r\n"));
        form.writeBytes(jpeg);
        form.writeBytes(ascii("\r\n--c0ffee--\r\n"));
        assertEquals(
                200,
                post("/upload")
                        .body("multipart/form-data; boundary=c0ffee", form.toByteArray())
                        .send()
                        .status());
        assertTaken();
        RawHttp.Answer none = post("/upload")
                .body("multipart/form-data; boundary=c0ffee", "--c0ffee\r\n\r\n\r\n--c0ffee--\r\n")
                .send();
        assertEquals(400, none.status());
        assertEquals("the form has no file: send one in a field named 'frame'\n", none.body());
    }

    @Test
    void base64InJsonIsTaken() throws IOException {
        String base64 = Base64.getEncoder().encodeToString(jpeg);
        String[] bodies = {
            "{\"image\": \"" + base64 + "\"}", "{\"frame\": \"data:image/jpeg;base64," + base64 + "\", \"model\": null}"
        };
        for (String body : bodies) {
            media.frames.clear();
            assertEquals(
                    200,
                    post("/upload_frame").body("application/json", body).send().status());
            assertTaken();
        }
    }

    @Test
    void whatIsWrongWithAPictureIsSaidInOneLine() throws IOException {
        assertRefused(400, "the body is empty: send a JPEG, PNG or WebP", post("/live/frame"));
        assertRefused(
                415, "the body is no JPEG, PNG or WebP", post("/live/frame").body("image/jpeg", "<html></html>"));
        byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);
        assertRefused(
                400,
                "the JPEG is cut off after " + half.length + " bytes",
                post("/live/frame").body("image/jpeg", half));
        assertRefused(400, "the picture is no base64", json("{\"frame\": \"data:;base64,A\"}"));
        assertRefused(400, "the JSON has no picture: send it in base64 as 'frame'", json("{\"frame\": 3}"));
        assertRefused(400, "the body is no JSON object", json("[]"));
        assertRefused(400, "the body is no JSON, or nested deeper than 32", json("{"));
        assertTrue(media.frames.isEmpty());
    }

    @Test
    void aSmallFileThatClaimsManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] large = jpeg.clone();
        for (int i = 0; i + 8 < large.length; i++) {
            if (large[i] == (byte) 0xFF && large[i + 1] == (byte) 0xC0) { // its height and width follow
                Arrays.fill(large, i + 5, i + 9, (byte) 0xFF);
                break;
            }
        }
        String limits = " pixels: at most 8192 a side and 16 million in all are taken";
        assertRefused(
                400, "the picture has 65535x65535" + limits, post("/live/frame").body("image/jpeg", large));
        assertRefused(
                400, "the picture has 8000x8000" + limits, post("/live/frame").body("image/png", png(8000)));
        assertRefused(
                400,
                "the picture has 2147483647x2147483647" + limits,
                post("/live/frame").body("image/png", png(Integer.MAX_VALUE)));
        assertTrue(media.frames.isEmpty());
    }

    /** Whole, and right in all but that its one row of pixels is missing. */
    private static byte[] png(int side) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(side)
                        .putInt(side)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(file, "IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1});
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.US_ASCII));
        sum.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    @Test
    void jsonNestedAMillionDeepIsRefused() throws IOException {
        assertRefused(
                400, "the body is no JSON, or nested deeper than 32", json("{\"frame\":" + "[".repeat(1_000_000)));
    }

    @Test
    void aPathOfSomebodyElseIsTaken() throws IOException {
        assertEquals(409, post("/taken/frame").body("image/jpeg", jpeg).send().status());
    }

    @Test
    void aBodyOverTheLimitIsRefusedUnread() throws IOException {
        RawHttp.Answer answer = post("/live/frame")
                .header("Content-Length", Integer.toString(FrameHandler.MAX_BYTES + 1))
                .send();
        assertEquals(413, answer.status());
        assertEquals("the body is over 8192 KiB\n", answer.body());
        assertEquals("close", answer.header("Connection").orElseThrow());
    }

    @Test
    void pagesOfOtherOriginsNeedATokenForThisPath() throws IOException {
        RawHttp.Answer preflight = RawHttp.request(server.port(), "OPTIONS", "/live/frame")
                .header("Origin", "null")
                .header("Access-Control-Request-Method", "POST")
                .send();
        assertEquals(204, preflight.status());
        assertEquals("*", preflight.header("Access-Control-Allow-Origin").orElseThrow());
        assertEquals(
                "GET, HEAD, OPTIONS, POST",
                preflight.header("Access-Control-Allow-Methods").orElseThrow());
        RawHttp foreign = post("/live/frame").header("Origin", "null").body("image/jpeg", jpeg);
        assertEquals(401, foreign.send().status());
        assertEquals(403, withToken("other").send().status());
        assertEquals(200, withToken("live").send().status());
    }

    @Test
    void theNewestPictureIsGivenToWhoHasNotHadIt() throws Exception {
        media.file = jpeg;
        long before = System.currentTimeMillis();
        RawHttp.Answer answer = get("/live/frame");
        assertEquals(200, answer.status());
        assertEquals("image/jpeg", answer.header("Content-Type").orElseThrow());
        assertEquals("7", answer.header("Notecast-Frame").orElseThrow());
        long age = before - Long.parseLong(answer.header("Notecast-Time-Millis").orElseThrow());
        assertTrue(age > 0 && age < 60_000, age + " ms old");
        assertEquals(200, get("/live/frame?after=6").status());
        assertEquals(204, get("/live/frame?after=7").status());
        assertEquals(404, get("/empty/frame").status());
        assertEquals(400, get("/live/frame?after=-1").status());
        assertEquals(400, get("/live/frame?width=3").status());
        assertEquals("format is jpeg or ppm\n", get("/live/frame?format=exe").body());
    }

    @Test
    void plainPixelsNeedNoDecoder() throws Exception {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 48; i++) {
            image.setRGB(i % 64, i / 64, 0xE08020);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", file);
        media.file = file.toByteArray();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + server.port() + "/live/frame?format=ppm&width=32");
            byte[] ppm = http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            byte[] head = ascii("P6 32 24 255\n");
            assertArrayEquals(head, Arrays.copyOf(ppm, head.length));
            assertEquals(head.length + 3 * 32 * 24, ppm.length);
            assertEquals(0xE0, ppm[head.length] & 0xff, 8);
            assertEquals(0x80, ppm[head.length + 1] & 0xff, 8);
            assertEquals(0x20, ppm[head.length + 2] & 0xff, 8);
        }
    }

    @Test
    void toLookIsNotToPublish() throws Exception {
        media.file = jpeg;
        String read = policy.issue(new Scope.Read(new PathName("live")), Duration.ofMinutes(1));
        String publish = policy.issue(new Scope.Publish(new PathName("live")), Duration.ofMinutes(1));
        assertEquals(200, get("/live/frame?token=" + read).status());
        assertEquals(403, get("/live/frame?token=" + publish).status());
        assertEquals(
                403,
                post("/live/frame?token=" + read)
                        .body("image/jpeg", jpeg)
                        .send()
                        .status());
        assertEquals(
                200,
                post("/live/frame?token=" + publish)
                        .body("image/jpeg", jpeg)
                        .send()
                        .status());
    }

    private RawHttp.Answer get(String target) throws IOException {
        return RawHttp.request(server.port(), "GET", target).send();
    }

    @Test
    void otherMethodsAreNotAllowed() throws IOException {
        RawHttp.Answer answer =
                RawHttp.request(server.port(), "PUT", "/live/frame").send();
        assertEquals(405, answer.status());
        assertEquals("GET, HEAD, OPTIONS, POST", answer.header("Allow").orElseThrow());
    }

    private RawHttp withToken(String path) {
        String token = policy.issue(new Scope.Publish(new PathName(path)), Duration.ofMinutes(1));
        return post("/live/frame")
                .header("Origin", "null")
                .header("Authorization", "Bearer " + token)
                .body("image/jpeg", jpeg);
    }

    private void assertTaken() {
        UploadedImage image = media.frames.getFirst();
        assertArrayEquals(jpeg, image.data());
        assertTrue(image.width() == 64 && image.height() == 48);
    }

    private static void assertRefused(int status, String line, RawHttp request) throws IOException {
        RawHttp.Answer answer = request.send();
        assertEquals(line + "\n", answer.body());
        assertEquals(status, answer.status());
    }

    private RawHttp post(String target) {
        return RawHttp.request(server.port(), "POST", target);
    }

    private RawHttp json(String body) {
        return post("/live/frame").body("application/json", body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
