package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.MjpegWatch;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A publisher whose page is loaded again and again; nobody touches the two who watch. */
@Tag("e2e")
@Isolated
class PublisherReloadTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int RELOADS = 10;
    private static final int OTHER_CODEC_AT = 8; // the viewer opens another session then
    private static final long RESUMED_MS = 1000; // after the publisher's first packet

    private record Resumed(long webRtcMs, long mjpegMs, int width) {}

    @Test
    void tenReloadsAreTenResumptionsForTheSameViewers() {
        Path clip = CounterClip.file();
        try (NotecastServer server = NotecastServer.start();
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, clip);
                Chromium viewer = Chromium.start(playwright)) {
            Page publisher = PublishPage.publish(camera, server, "cam", "VP8");
            Page page = viewer.open(server.url("cam/"));
            VideoWatch video = VideoWatch.ofPicture(page);
            video.awaitCounters(1, DEADLINE);
            try (MjpegWatch pictures = MjpegWatch.of(server.url("cam/stream.mjpg"))) {
                pictures.awaitCounterAfter(0, DEADLINE);
                List<Resumed> all = new ArrayList<>();
                for (int i = 1; i <= RELOADS; i++) {
                    publisher.reload();
                    Await.condition(
                            "the publisher to be gone, not " + server.sessions(),
                            DEADLINE,
                            () -> server.sessions().stream().noneMatch(PublisherReloadTest::publishes));
                    video.restart();
                    size(publisher, i % 2 == 1 ? CounterClip.WIDTH * 4 / 5 : CounterClip.WIDTH);
                    long startMs = System.currentTimeMillis();
                    PublishPage.publish(publisher, server, "cam", i == OTHER_CODEC_AT ? "H264" : "VP8");
                    long firstPacketMs = System.currentTimeMillis();
                    long picturesMs = pictures.awaitCounterAfter(startMs, DEADLINE);
                    video.awaitCounters(1, DEADLINE);
                    long webRtcMs = video.firstMillis();
                    all.add(new Resumed(webRtcMs - firstPacketMs, picturesMs - firstPacketMs, width(page)));
                    if (i == OTHER_CODEC_AT) {
                        assertEquals("video/H264", new PeerStats(page).codec());
                    }
                }
                for (int i = 1; i <= RELOADS; i++) {
                    Resumed each = all.get(i - 1);
                    assertTrue(each.mjpegMs < RESUMED_MS, () -> "pictures: " + all);
                    assertTrue(each.webRtcMs < RESUMED_MS, () -> "video: " + all);
                }
                assertTrue(all.stream().map(Resumed::width).distinct().count() > 1, () -> "one size: " + all);
            }
        }
    }

    private static boolean publishes(JsonNode session) {
        return session.path("kind").asText().equals("publisher");
    }

    /** The next camera's pictures are so wide. */
    private static void size(Page publisher, int width) {
        publisher.evaluate(
                """
                (width) => {
                  const devices = navigator.mediaDevices;
                  const open = devices.getUserMedia.bind(devices);
                  devices.getUserMedia = (wanted) => open(wanted.video
                    ? { ...wanted, video: { width: { exact: width }, height: { exact: width * 9 / 16 } } } : wanted);
                }""",
                width);
    }

    private static int width(Page page) {
        return ((Number) page.evaluate("() => document.querySelector('video').videoWidth")).intValue();
    }
}
