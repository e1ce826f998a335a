package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Publishers that follow each other on one path where {@code --takeover} lets them. */
@Tag("e2e")
@Isolated
class TakeoverTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SOME_FRAMES = 2 * CounterClip.FPS;

    /**
     * The last one is a page, too: two pages would take the path from each other for ever if neither gave way. One that
     * cannot ask why its session ended waits until it can.
     */
    @Test
    void theNextPublisherTakesThePathTheOneBeforeIsToldAndTheViewerGoesOn() {
        Path clip = CounterClip.file();
        try (NotecastServer server = NotecastServer.start("--takeover");
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, clip);
                Chromium viewer = Chromium.start(playwright)) {
            Page first = PublishPage.publish(camera, server, "cam", "VP8");
            String firstName = publisher(server);
            Page page = viewer.open(server.url("cam/"));
            VideoWatch video = VideoWatch.ofDecoder(page);
            video.awaitCounters(SOME_FRAMES, DEADLINE);

            try (ChildProcess second = GStreamer.publish(server.url("cam/whip"), clip, "vp8", "opus")) {
                Await.condition("the second publisher", DEADLINE, () -> {
                    assertTrue(second.process().isAlive(), () -> String.join("\n", second.lines()));
                    return !publisher(server).equals(firstName);
                });
                String secondName = publisher(server);
                assertTold(first);
                assertGoesOn(video);
                assertEquals(secondName, publisher(server), "who publishes after the first one was told");

                Page third = PublishPage.publish(camera, server, "cam", "VP8");
                Await.condition("the third publisher", DEADLINE, () -> !publisher(server)
                        .equals(secondName));
                String thirdName = publisher(server);
                AtomicInteger unanswered = new AtomicInteger();
                third.route("**/stats", route -> {
                    unanswered.incrementAndGet();
                    route.abort();
                });
                first.click("#start");
                Await.condition(
                        "the third publisher to ask twice",
                        DEADLINE,
                        () -> third.textContent("#state").equals("Reconnecting") && unanswered.get() > 1);
                String fourthName = publisher(server);
                assertNotEquals(thirdName, fourthName);
                third.unroute("**/stats");
                assertTold(third);
                assertEquals(fourthName, publisher(server), "who publishes after the third one was told");
                assertGoesOn(video);
            }
            assertTrue(video.isSame(), "another video element or stream");
            assertEquals(1, page.evaluate("() => notecastProbe.connections()"), "connections the viewer has made");
        }
    }

    private static String publisher(NotecastServer server) {
        return server.path("cam").orElseThrow().required("publisher").asText();
    }

    private static void assertTold(Page publisher) {
        Await.condition("a publisher to be told", DEADLINE, () -> publisher
                .textContent("#problem")
                .startsWith("Another publisher has taken the path."));
        assertEquals("Off air", publisher.textContent("#state"));
    }

    private static void assertGoesOn(VideoWatch video) {
        video.restart();
        video.assertComplete("the viewer", SOME_FRAMES, DEADLINE);
    }
}
