package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The pages restart ICE, as they do when the network comes back; the picture must not notice. */
@Tag("e2e")
@Isolated
class IceRestartTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int FRAMES = 300;
    private static final int RESTART_EVERY = 100; // frames: two restarts of each page, which takes one in five seconds
    private static final int MAX_GAP = CounterClip.FPS / 5; // 200 ms

    @Test
    void thePictureGoesOnInTheSameSessionsWhileBothPagesRestartTwice() {
        try (NotecastServer server = NotecastServer.start();
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, CounterClip.file());
                Chromium viewer = Chromium.start(playwright)) {
            Restarts published = new Restarts(camera.open(server.url("cam/publish")));
            PublishPage.publish(published.page, server, "cam", "VP8");
            Restarts watched = new Restarts(viewer.open(URI.create("about:blank")));
            watched.page.navigate(server.url("cam/").toString());
            VideoWatch video = VideoWatch.ofDecoder(watched.page);
            video.awaitCounters(2 * CounterClip.FPS, DEADLINE);
            Set<String> sessions = ids(server);
            video.restart();

            for (int frames = RESTART_EVERY; frames < FRAMES; frames += RESTART_EVERY) {
                video.awaitCounters(frames, DEADLINE);
                watched.restart();
                published.restart();
            }
            CounterRun run = CounterRun.of(video.awaitCounters(FRAMES, DEADLINE));

            assertTrue(
                    run.longestGap() < MAX_GAP,
                    () -> "counters missing in a row: " + run + ", silence " + video.longestSilence());
            assertEquals(0, run.outOfOrder(), run::toString);
            assertEquals(0, video.unreadable(), "black frames");
            assertTrue(video.isSame(), "another video element or stream");
            assertEquals(sessions, ids(server), "sessions");
            watched.assertGenerations();
            published.assertGenerations();
        }
    }

    private static Set<String> ids(NotecastServer server) {
        return server.sessions().stream()
                .map(session -> session.path("id").asText())
                .collect(Collectors.toSet());
    }

    /** What a page and the server say to each other about one session. */
    private static final class Restarts {
        private final Page page;
        private final List<String> etags = new CopyOnWriteArrayList<>();
        private volatile URI session;

        private Restarts(Page page) {
            this.page = page;
            page.onResponse(response -> {
                if (response.status() == 201) {
                    session = URI.create(response.url())
                            .resolve(response.headers().get("location"));
                    etags.add(response.headers().get("etag"));
                }
            });
        }

        private void restart() {
            Response response = page.waitForResponse(
                    each -> "*".equals(each.request().headers().get("if-match")),
                    () -> page.evaluate("() => window.dispatchEvent(new Event('online'))"));
            assertEquals(200, response.status(), "of the PATCH that restarts ICE");
            etags.add(response.headers().get("etag"));
        }

        private void assertGenerations() {
            assertEquals(3, Set.copyOf(etags).size(), () -> "ETags of two restarts: " + etags);
            List<String> old = new ArrayList<>(etags.subList(0, 2));
            old.forEach(etag -> assertEquals(412, trickleTo(etag), "a PATCH for an earlier generation"));
            assertNotEquals(412, trickleTo(etags.getLast()), "a PATCH for this generation");
        }

        private int trickleTo(String etag) {
            HttpRequest patch = HttpRequest.newBuilder(session)
                    .header("Content-Type", "application/trickle-ice-sdpfrag")
                    .header("If-Match", etag)
                    .method("PATCH", HttpRequest.BodyPublishers.ofString("a=end-of-candidates\r\n"))
                    .build();
            try (HttpClient http = HttpClient.newHttpClient()) {
                return http.send(patch, HttpResponse.BodyHandlers.ofString()).statusCode();
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
