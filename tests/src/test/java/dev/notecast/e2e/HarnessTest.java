package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.Firefox;
import dev.notecast.e2e.browser.VideoWatch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The instruments themselves: what they measure without any server in between. */
@Tag("e2e")
@Isolated
class HarnessTest {
    @Test
    void countsGapsAndReordering() {
        assertEquals(new CounterRun(5, 0, 0, 0), CounterRun.of(List.of(598, 599, 0, 1, 2)));
        assertEquals(new CounterRun(4, 1, 0, 1), CounterRun.of(List.of(7, 8, 10)));
        assertEquals(new CounterRun(4, 2, 1, 2), CounterRun.of(List.of(7, 10, 9)));
        assertEquals(new CounterRun(2, 0, 0, 0), CounterRun.of(List.of(3, 3, 4)));
    }

    @Test
    void chromiumShowsEveryFrameOfTheClip() {
        try (Playwright playwright = Chromium.playwright();
                Chromium chromium = Chromium.withCamera(playwright, CounterClip.file())) {
            Page page = chromium.open(URI.create("chrome://version"));
            page.evaluate(
                    """
                    async () => {
                      const video = document.createElement('video');
                      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
                      document.body.append(video);
                      await video.play();
                    }""");
            CounterRun run = CounterRun.of(VideoWatch.ofDecoder(page).awaitCounters(100, Duration.ofSeconds(60)));
            assertEquals(0, run.outOfOrder(), () -> "frames of the fake camera: " + run);
            assertTrue(run.missingPercent() <= 1, () -> "frames of the fake camera: " + run);
        }
    }

    @Test
    void firefoxHasACamera(@TempDir Path profile) {
        try (Firefox firefox = Firefox.start(profile)) {
            String tab = firefox.open(URI.create("about:blank"));
            assertEquals(
                    "function",
                    firefox.evaluate(tab, "typeof notecastProbe.stats").asText());
        }
    }
}
