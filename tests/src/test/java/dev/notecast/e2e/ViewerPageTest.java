package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.NotecastServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The viewer page through what happens to publishers and networks; nobody touches it after it was opened. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewerPageTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SOME_FRAMES = 10;

    private static final String MICROPHONE =
            """
            async (url) => {
              const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
              const pc = new RTCPeerConnection();
              for (const track of stream.getTracks()) pc.addTrack(track, stream);
              await pc.setLocalDescription();
              const answer = await fetch(url, {
                method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: pc.localDescription.sdp });
              await pc.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
              const session = new URL(answer.headers.get('Location'), url);
              window.leave = () => fetch(session, { method: 'DELETE' }).then(() => pc.close());
            }
            """;

    private Playwright playwright;
    private NotecastServer server;
    private Chromium camera;
    private Chromium viewer;

    @BeforeAll
    void start() {
        playwright = Chromium.playwright();
        server = NotecastServer.start();
        camera = Chromium.withCamera(playwright, CounterClip.file());
        viewer = Chromium.start(playwright);
    }

    @AfterEach
    void closePages() {
        viewer.closePages();
        camera.closePages();
    }

    @AfterAll
    void stop() {
        Closing.all(viewer, camera, server, playwright);
    }

    @Test
    void waitsForThePublisherAndGoesOnInTheSameSessionAfterItsReload() {
        Page page = viewer.open(server.url("reload/"));
        awaitText(page, "#message-text", "Waiting for the publisher of 'reload'…");
        Page publisher = PublishPage.publish(camera, server, "reload", "VP8");
        VideoWatch video = VideoWatch.ofPicture(page);
        video.awaitCounters(SOME_FRAMES, DEADLINE);
        AtomicInteger newSessions = new AtomicInteger();
        page.onRequest(request -> {
            if (request.method().equals("POST")) {
                newSessions.incrementAndGet();
            }
        });

        publisher.reload();
        awaitText(page, "#message-text", "Waiting for the publisher of 'reload'…");
        assertTrue(page.textContent("#message-since").startsWith("for 0:0"), "says since when it waits");
        video.restart();
        publisher.selectOption("#codec", "VP8");
        publisher.click("#start");
        video.awaitCounters(SOME_FRAMES, DEADLINE);
        awaitText(page, "#state", "Live");
        assertEquals(0, newSessions.get(), "sessions opened for a publisher that came back");
    }

    @Test
    void followsAChangeOfCodecByItselfAndStaysOutWhenKicked() {
        Page publisher = PublishPage.publish(camera, server, "codec", "VP8");
        Page page = viewer.open(server.url("codec/"));
        VideoWatch video = VideoWatch.ofPicture(page);
        video.awaitCounters(SOME_FRAMES, DEADLINE);
        assertEquals("video/VP8", new PeerStats(page).codec());

        publisher.selectOption("#codec", "H264");
        Await.condition("H264 in the viewer", DEADLINE, () -> page.textContent("#figures")
                .contains("H264"));
        video.restart();
        video.awaitCounters(SOME_FRAMES, DEADLINE);
        assertEquals("video/H264", new PeerStats(page).codec());

        server.kick("codec", "viewer");
        awaitText(page, "#message-text", "Whoever runs this server has ended the session.");
        server.kick("codec", "publisher");
        Await.condition("the publisher to be told", DEADLINE, () -> publisher
                .textContent("#problem")
                .startsWith("Whoever runs this server has ended the session."));
        assertEquals("Off air", publisher.textContent("#state"));
        publisher.click("#start");
        awaitText(publisher, "#state", "On air");
        assertEquals(
                List.of("publisher"),
                server.sessions().stream()
                        .filter(session -> session.required("path").asText().equals("codec"))
                        .map(session -> session.required("kind").asText())
                        .toList(),
                "a kicked viewer came back by itself");
        page.click("#watch-again");
        video.restart();
        video.awaitCounters(SOME_FRAMES, DEADLINE);
    }

    /** A session that was opened for sound alone has no m-line for a picture. */
    @Test
    void opensAnotherSessionByItselfWhenACameraComesAfterAMicrophone() {
        Page publisher = camera.open(server.url("sound/publish"));
        publisher.evaluate(MICROPHONE, server.url("sound/whip").toString());
        Page page = viewer.open(server.url("sound/"));
        awaitText(page, "#state", "Live");
        publisher.evaluate("() => window.leave()");
        awaitText(page, "#message-text", "Waiting for the publisher of 'sound'…");

        PublishPage.publish(publisher, server, "sound", "VP8");
        VideoWatch.ofPicture(page).awaitCounters(SOME_FRAMES, DEADLINE);
        awaitText(page, "#state", "Live");
        assertEquals("video/VP8", new PeerStats(page).codec());
    }

    @Test
    void restartsIceInItsSessionWhenTheNetworkComesBack() {
        PublishPage.publish(camera, server, "network", "VP8");
        Page page = viewer.open(server.url("network/"));
        VideoWatch video = VideoWatch.ofPicture(page);
        video.awaitCounters(SOME_FRAMES, DEADLINE);

        int status = page.waitForResponse(
                        response -> "*".equals(response.request().headers().get("if-match")),
                        () -> page.evaluate("() => window.dispatchEvent(new Event('online'))"))
                .status();
        assertEquals(200, status);
        awaitText(page, "#stats .facts div:last-child dd", "1"); // ICE restarts
        video.restart();
        video.awaitCounters(5 * CounterClip.FPS, DEADLINE); // past the time in which a failed restart gives up
        awaitText(page, "#stats .facts div:last-child dd", "1");
    }

    private static void awaitText(Page page, String selector, String text) {
        Await.condition(text, DEADLINE, () -> page.textContent(selector).equals(text));
    }
}
