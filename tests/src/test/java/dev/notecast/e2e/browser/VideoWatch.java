package dev.notecast.e2e.browser;

import com.microsoft.playwright.Page;
import dev.notecast.e2e.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the counters of the first video of a page. */
public final class VideoWatch {
    private final Page page;

    /** Starts to read counters from the page's video, once there is one. */
    public VideoWatch(Page page) {
        this.page = page;
        page.waitForFunction("() => document.querySelector('video')");
        page.evaluate("() => { window.notecastSeen = notecastProbe.watch(document.querySelector('video')); }");
    }

    /** The counters shown so far, in the order in which they were shown. */
    public List<Integer> counters() {
        List<Integer> counters = new ArrayList<>();
        for (Object counter : (List<?>) page.evaluate("() => notecastSeen.counters")) {
            counters.add(((Number) counter).intValue());
        }
        return counters;
    }

    /** Waits until so many counters have been shown since the page was first watched. */
    public List<Integer> awaitCounters(int count, Duration deadline) {
        Await.condition(
                count + " counters in " + page.url() + ", saw " + counters().size(),
                deadline,
                () -> ((Number) page.evaluate("() => notecastSeen.counters.length")).intValue() >= count);
        return counters();
    }

    /** Forgets what was shown until now. */
    public void restart() {
        page.evaluate("() => { notecastSeen.counters.length = 0; }");
    }
}
