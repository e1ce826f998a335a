package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.FfmpegReader;
import dev.notecast.e2e.server.NotecastServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** GStreamer's webrtcbin publishes what browsers cannot, and reads it, too. */
@Tag("e2e")
@Isolated
class GStreamerTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int FRAMES = 30;
    private static final Map<String, String> VIDEO_AND_AUDIO =
            Map.of("h264", "opus", "vp8", "pcmu", "vp9", "pcma", "h265", "opus");

    @Test
    void whatItPublishesIsSeenByBrowsersByItselfAndAsPictures() {
        Path clip = CounterClip.file();
        try (NotecastServer server = NotecastServer.start();
                Playwright playwright = Chromium.playwright();
                Chromium browser = Chromium.start(playwright)) {
            VIDEO_AND_AUDIO.forEach((video, audio) -> {
                try (ChildProcess publisher = GStreamer.publish(server.url(video + "/whip"), clip, video, audio)) {
                    awaitStream(server, video, publisher);
                    assertCodecs(server, video, audio);
                    if (video.equals("h265")) { // which no browser here plays
                        URI whep = server.url("h265/whep");
                        List<Integer> counters = GStreamer.counters(whep, video, FRAMES, DEADLINE);
                        assertEquals(FRAMES, counters.size(), () -> "GStreamer saw only " + counters);
                        CounterRun.assertComplete("GStreamer", counters, 0);
                    } else {
                        assertBrowserSees(browser.open(server.url(video + "/")), video, audio);
                    }
                    assertEquals(0, server.decodedFrames(video), "frames decoded by the server");
                    assertTrickled(publisher);
                    URI mjpeg = server.url(video + "/stream.mjpg");
                    List<Integer> pictures = FfmpegReader.counters(mjpeg, FRAMES, DEADLINE);
                    assertEquals(FRAMES, pictures.size(), () -> "ffmpeg saw only " + pictures);
                    CounterRun.assertInOrder("ffmpeg", pictures);
                }
            });
        }
    }

    /** Its offer had no candidates: all were taken one by one. */
    private static void assertTrickled(ChildProcess publisher) {
        List<String> said = publisher.lines();
        assertTrue(said.contains("answered; candidates in the offer: 0"), said::toString);
        assertTrue(said.stream().anyMatch(line -> line.startsWith("trickled: 204 candidate:")), said::toString);
        assertTrue(said.contains("trickled: 204 end-of-candidates"), said::toString);
    }

    private static void assertBrowserSees(Page page, String video, String audio) {
        VideoWatch.ofDecoder(page).assertComplete("Chromium, " + video + ",", FRAMES, DEADLINE);
        assertEquals("video/" + video.toUpperCase(java.util.Locale.ROOT), new PeerStats(page).codec());
        Await.condition(
                "sound in " + audio,
                DEADLINE,
                () -> ((Number) page.evaluate("async () => (await notecastProbe.stats('inbound-rtp', 'audio'))"
                                        + ".reduce((sum, { packetsReceived }) => sum + packetsReceived, 0)"))
                                .intValue()
                        > 0);
        page.close();
    }

    private static void assertCodecs(NotecastServer server, String video, String audio) {
        String codecs = server.path(video).orElseThrow().required("codecs").toString();
        assertTrue(codecs.equalsIgnoreCase("[\"" + video + "\",\"" + audio + "\"]"), codecs);
    }

    private static void awaitStream(NotecastServer server, String path, ChildProcess publisher) {
        Await.condition("a stream from GStreamer on path " + path, DEADLINE, () -> {
            assertTrue(publisher.process().isAlive(), () -> String.join("\n", publisher.lines()));
            return server.path(path)
                    .filter(stream -> stream.path("packets").asLong() > 0)
                    .isPresent();
        });
    }
}
