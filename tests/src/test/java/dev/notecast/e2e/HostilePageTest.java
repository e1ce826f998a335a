package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of strangers in the user's own browser, against a server that is live. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePageTest {
    private static final String TOKEN = "a-token-for-this-test";
    private static final String BAD_SDP = "v=0\r\nthis is no session description\r\n";

    private NotecastServer server;
    private Playwright playwright;
    private Chromium camera;
    private Chromium victim;
    private HttpServer stranger;

    @BeforeAll
    void start() throws IOException {
        playwright = Chromium.playwright();
        server = NotecastServer.start("--token", TOKEN);
        camera = Chromium.withCamera(playwright, CounterClip.file());
        PublishPage.publish(camera, server, "live", "VP8");
        victim = Chromium.start(playwright, "--host-resolver-rules=MAP evil.example 127.0.0.1");
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>Win a prize</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        stranger.start();
    }

    @AfterAll
    void stop() {
        if (stranger != null) {
            stranger.stop(0);
        }
        Closing.all(victim, camera, server, playwright);
    }

    /** Another site, the same site on another port, and a name of the stranger's own. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "evil.example"})
    void aStrangersPageReachesNothingWithoutAToken(String host) {
        try (Page page = strangersPage(host)) {
            for (String request : new String[] {
                "POST live/whip",
                "POST other/whip",
                "POST live/whep",
                "GET api/v1/status",
                "GET api/v1/paths",
                "GET live/snapshot.jpg",
                "GET live/stream.mjpg",
                "POST other/frame",
                "GET live/frame",
                "GET live/detections",
                "POST live/detections",
                "POST upload_frame",
                "POST webrtc/offer",
                "GET metrics"
            }) {
                assertRefused(page, request);
            }
            assertFalse(pictureLoads(page, "live/snapshot.jpg", ""), "a picture of the camera in a stranger's page");
            assertFalse(socketOpens(page, "ws/room/1"), "a WebSocket from a stranger's page");
            assertFalse(socketOpens(page, "live/detections"), "what is found in the camera's pictures");
            assertTrue(server.path("other").isEmpty(), "something was published by a stranger's page");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "evil.example"})
    void theSamePageWithATokenReachesTheMedia(String host) {
        try (Page page = strangersPage(host)) {
            assertTrue(pictureLoads(page, "live/snapshot.jpg", "?token=" + TOKEN), "a picture, with the token");
            assertEquals("400", outcome(page, "POST other/whip", "?token=" + TOKEN), "WHIP with a token and no SDP");
        }
    }

    /** DNS rebinding: the stranger's name now means this machine, so that the browser thinks it is one origin. */
    @Test
    void aReboundNameGetsNothing() {
        URI rebound = URI.create("http://evil.example:" + server.base().getPort() + "/");
        try (Page page = victim.open(rebound)) {
            for (String path : new String[] {"", "live/", "live/publish", "api/v1/status", "live/snapshot.jpg"}) {
                Response response = page.navigate(rebound.resolve("/" + path).toString());
                assertEquals(421, response.status(), () -> "GET /" + path + " with Host evil.example");
            }
        }
    }

    @Test
    void programsWithATokenAreServedFromAnywhere() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.url("other/whip"))
                .header("Origin", "https://evil.example")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString(BAD_SDP))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertEquals(
                    400,
                    http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode(),
                    "past the token, the body is looked at");
        }
    }

    private Page strangersPage(String host) {
        return victim.open(
                URI.create("http://" + host + ":" + stranger.getAddress().getPort() + "/"));
    }

    /** The server itself has refused it: a browser that keeps an answer from the page would be no protection. */
    private void assertRefused(Page page, String request) {
        long before = server.refusedRequests();
        String outcome = outcome(page, request, "");
        assertTrue(
                server.refusedRequests() > before,
                () -> request + " from " + page.url() + " was served, the page got " + outcome);
        assertTrue(
                outcome.matches("unreadable|401|403|421"),
                () -> request + " from " + page.url() + " was answered with " + outcome);
    }

    /** The status, or {@code unreadable} when the browser kept the answer from the page. */
    private String outcome(Page page, String request, String query) {
        String[] parts = request.split(" ");
        return (String) page.evaluate(
                """
                async ([method, url, body]) => {
                  const options = method === 'POST'
                    ? { method, body, headers: { 'Content-Type': 'application/sdp' } }
                    : { method };
                  try {
                    const response = await fetch(url, options);
                    response.body?.cancel();
                    return String(response.status);
                  } catch (refused) {
                    return 'unreadable';
                  }
                }""",
                new Object[] {parts[0], server.url(parts[1]) + query, BAD_SDP});
    }

    private boolean pictureLoads(Page page, String path, String query) {
        return (Boolean) page.evaluate(
                """
                (url) => new Promise((resolve) => {
                  const picture = new Image();
                  picture.onload = () => resolve(true);
                  picture.onerror = () => resolve(false);
                  picture.src = url;
                })""",
                server.url(path) + query);
    }

    private boolean socketOpens(Page page, String path) {
        return (Boolean) page.evaluate(
                """
                (url) => new Promise((resolve) => {
                  const socket = new WebSocket(url);
                  socket.onopen = () => resolve(true);
                  socket.onerror = () => resolve(false);
                })""",
                "ws" + server.url(path).toString().substring("http".length()));
    }
}
