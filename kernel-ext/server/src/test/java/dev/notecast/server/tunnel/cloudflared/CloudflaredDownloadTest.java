package dev.notecast.server.tunnel.cloudflared;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.server.tunnel.cloudflared.CloudflaredDownload.Build;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an HTTP server in the publisher's place, which redirects as that does. */
@Timeout(60)
class CloudflaredDownloadTest {
    private static final byte[] PROGRAM = "#!/bin/sh\necho cloudflared\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private HttpServer publisher;
    private Path cache;

    @BeforeEach
    void start() throws IOException {
        cache = folder.resolve("a").resolve("cache");
        publisher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publisher.start();
    }

    @AfterEach
    void stop() {
        publisher.stop(0);
    }

    private CloudflaredDownload download() throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PROGRAM));
        URI releases = URI.create("http://127.0.0.1:" + publisher.getAddress().getPort() + "/download/");
        return new CloudflaredDownload(
                cache, new Build("file", PROGRAM.length, sha256), releases, Duration.ofSeconds(20));
    }

    private void publish(HttpHandler handler) {
        publisher.createContext("/download/" + CloudflaredDownload.VERSION + "/file", handler);
    }

    private static HttpHandler answer(int status, byte[] body) {
        return exchange -> respond(exchange, status, body);
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String failure() {
        String message = assertThrows(TunnelException.class, () -> download().get(said::add))
                .getMessage();
        try (Stream<Path> left = Files.exists(cache) ? Files.list(cache) : Stream.empty()) {
            assertEquals(List.of(), left.toList(), "something was kept");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return message;
    }

    @Test
    void keepsTheProgramForThisUserAndAsksOnce() throws Exception {
        publisher.createContext("/elsewhere", answer(200, PROGRAM));
        publish(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            respond(exchange, 302, new byte[0]);
        });
        Path program = download().get(said::add);
        assertArrayEquals(PROGRAM, Files.readAllBytes(program));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(program)));
        assertTrue(said.getFirst().startsWith("Fetching cloudflared " + CloudflaredDownload.VERSION), said::getFirst);
        publisher.stop(0);
        said.clear();
        assertEquals(program, download().get(said::add));
        assertEquals(List.of(), said, "fetched again");
    }

    @Test
    void replacesWhatSomebodyChanged() throws Exception {
        publish(answer(200, PROGRAM));
        Path program = download().get(said::add);
        byte[] changed = PROGRAM.clone();
        changed[5] ^= 1;
        Files.write(program, changed);
        assertArrayEquals(PROGRAM, Files.readAllBytes(download().get(said::add)));
    }

    @Test
    void refusesAnotherProgramOfTheSameLength() {
        byte[] other = PROGRAM.clone();
        other[5] ^= 1;
        publish(answer(200, other));
        assertTrue(failure().contains("SHA-256 is another"));
    }

    @Test
    void refusesAPageInItsPlace() {
        publish(answer(200, "<html>".getBytes(StandardCharsets.UTF_8)));
        assertTrue(failure().contains("is not cloudflared"));
    }

    @Test
    void refusesMoreThanTheProgramHas() {
        publish(answer(200, new byte[PROGRAM.length + 1]));
        assertTrue(failure().contains("127.0.0.1 sends more than"));
    }

    @Test
    void namesTheAnswer() {
        publish(answer(404, "no".getBytes(StandardCharsets.UTF_8)));
        assertTrue(failure().contains("127.0.0.1 answered 404"));
    }

    @Test
    void aConnectionThatBreaksLeavesNothing() {
        publish(exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, PROGRAM.length);
                exchange.getResponseBody().write(PROGRAM, 0, 5);
                exchange.getResponseBody().flush();
            }
        });
        assertTrue(failure().contains("cannot be reached"));
    }

    @Test
    void saysThatThePublisherCannotBeReached() {
        publisher.stop(0);
        assertTrue(failure()
                .startsWith("cloudflared is not installed, and cannot be fetched: 127.0.0.1 cannot be reached"));
    }

    @Test
    void saysThatThereIsNoneForThisMachine() {
        CloudflaredDownload none =
                new CloudflaredDownload(cache, null, URI.create("http://127.0.0.1:1/"), Duration.ofSeconds(1));
        String message =
                assertThrows(TunnelException.class, () -> none.get(said::add)).getMessage();
        assertTrue(message.startsWith("there is no cloudflared for"), message);
        assertEquals(List.of(), said);
    }
}
