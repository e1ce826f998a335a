package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.FfmpegReader;
import dev.notecast.e2e.server.NotecastServer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server on Java 21: what it does there with virtual threads and native code differs from the Java of the tests. */
@Tag("e2e")
class Java21Test {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void aCameraIsForwardedAndShownAsPictures() {
        try (NotecastServer server = NotecastServer.startOn(Tools.java21());
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, CounterClip.file());
                Chromium viewer = Chromium.start(playwright)) {
            PublishPage.publish(camera, server, "live", "H264");
            VideoWatch video = VideoWatch.ofDecoder(viewer.open(server.url("live/")));
            CounterRun seen = CounterRun.of(video.awaitCounters(45, DEADLINE));
            assertEquals(0, seen.outOfOrder(), () -> "the viewer saw " + seen);
            CounterRun pictures = CounterRun.of(FfmpegReader.counters(server.url("live/stream.mjpg"), 30, DEADLINE));
            assertEquals(0, pictures.outOfOrder(), () -> "ffmpeg read " + pictures);
            assertTrue(server.decodedFrames("live") > 0, "frames decoded while pictures are read");
        }
    }
}
