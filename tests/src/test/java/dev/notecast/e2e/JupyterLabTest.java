package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.JupyterLab;
import dev.notecast.e2e.browser.VideoWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees: the quickstart notebook in JupyterLab, with live video inside a cell. */
@Tag("e2e")
class JupyterLabTest {
    private static final Path SCREENSHOT = Path.of("target/quickstart.png");
    private static final Path STATISTICS = Path.of("target/statistics.png");
    private static final Duration RUN_DEADLINE = Duration.ofSeconds(120);
    private static final int FRAMES = 300; // 10 s
    private static final double SECONDS = 10;

    @Test
    void videoPlaysInsideTheCell(@TempDir Path folder, @TempDir Path settings) {
        QuickstartNotebook.copyTo(folder);
        try (JupyterLab lab = new JupyterLab(folder, settings);
                Playwright playwright = Chromium.playwright();
                Chromium chromium = Chromium.start(playwright)) {
            Page page = chromium.open(lab.notebook("quickstart.ipynb"));
            page.setViewportSize(1280, 960);
            page.locator("text=Java (Notecast) | Idle")
                    .waitFor(new Locator.WaitForOptions().setTimeout(RUN_DEADLINE.toMillis()));
            Locator tab = page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab");
            assertEquals("quickstart.ipynb", tab.innerText().strip());
            assertFalse(tab.getAttribute("class").contains("jp-mod-dirty"), "opening the notebook has changed it");
            page.click(".lm-MenuBar-itemLabel:text-is('Run')");
            page.click(".lm-Menu-itemLabel:text-is('Run All Cells')");
            page.locator(".jp-OutputArea video")
                    .first()
                    .waitFor(new Locator.WaitForOptions().setTimeout(RUN_DEADLINE.toMillis()));
            page.locator(".jp-OutputArea video").first().scrollIntoViewIfNeeded();

            VideoWatch video = VideoWatch.ofPicture(page);
            video.awaitCounters(30, RUN_DEADLINE);
            video.restart();
            double before = currentTime(page);
            List<Integer> counters = video.awaitCounters(FRAMES, RUN_DEADLINE);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOT));
            assertTrue(
                    currentTime(page) - before >= SECONDS * 0.9,
                    () -> "the video went from " + before + " s to " + currentTime(page) + " s");
            for (int i = 1; i < counters.size(); i++) {
                int earlier = counters.get(i - 1);
                int later = counters.get(i);
                assertTrue(later >= earlier, () -> "counter " + later + " was shown after " + earlier);
            }
            plotsMove(page);
            assertEquals(
                    0,
                    page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']")
                            .count(),
                    "cells that wrote errors");
            saysThatTheKernelHasGone(page);
        }
    }

    /** The cell with statistics goes on by itself, and knows the viewer in the cell above. */
    private static void plotsMove(Page page) {
        Locator plots = page.locator(".notecast-plots");
        plots.first().scrollIntoViewIfNeeded();
        Locator bitrate = plots.locator(".notecast-plot path").first();
        Await.condition(
                "two points of a plot", RUN_DEADLINE, () -> line(bitrate).contains("L"));
        String before = line(bitrate);
        Await.condition("the plot to move", RUN_DEADLINE, () -> !line(bitrate).equals(before));
        Locator viewer = plots.locator("td:text-is('viewer')").first();
        viewer.waitFor(new Locator.WaitForOptions().setTimeout(RUN_DEADLINE.toMillis()));
        String row = viewer.locator("..").innerText();
        assertTrue(row.contains("VP8") && row.contains("UDP") && row.contains("nominated by"), row);
        String words = plots.locator("svg").first().getAttribute("aria-label");
        assertTrue(words.matches("Bitrate: received [\\d.]+ [kM]bps, sent to viewers .*"), words);
        page.screenshot(new Page.ScreenshotOptions().setPath(STATISTICS));
    }

    /** Whatever was live says so, instead of going on with figures and links that are dead. */
    private static void saysThatTheKernelHasGone(Page page) {
        assertEquals(0, page.locator(".notecast-lost").count(), "cells that gave the kernel up while it was there");
        page.click(".lm-MenuBar-itemLabel:text-is('Kernel')");
        page.click(".lm-Menu-itemLabel:text-is('Restart Kernel…')");
        page.click(".jp-Dialog button.jp-mod-accept");
        for (String cell : List.of(".notecast-lost", ".notecast-notice:has-text('run this cell again')")) {
            page.locator(cell).first().waitFor(new Locator.WaitForOptions().setTimeout(RUN_DEADLINE.toMillis()));
        }
    }

    private static String line(Locator path) {
        String drawn = path.getAttribute("d");
        return drawn == null ? "" : drawn;
    }

    private static double currentTime(Page page) {
        return ((Number) page.evaluate("() => document.querySelector('video').currentTime")).doubleValue();
    }
}
