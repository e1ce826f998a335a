package dev.notecast.e2e.browser;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;

/** Reads the colour of a spot in the first video of a page, and when the page showed frames. */
public final class ColourWatch {
    private final Page page;

    /** @param x of the spot's left edge, in the video's pixels; it is 8 pixels wide and high */
    public ColourWatch(Page page, int x, int y) {
        this.page = page;
        page.waitForFunction("() => document.querySelector('video')?.videoWidth > 0");
        page.evaluate("() => { window.notecastColours = notecastProbe.watchColours(document.querySelector('video'), "
                + x + ", " + y + "); }");
    }

    /** Each colour that differs from the one before, of all frames that were decoded; see {@code page-probe.js}. */
    public List<String> colours() {
        return ((List<?>) page.evaluate("() => notecastColours.colours"))
                .stream().map(String::valueOf).toList();
    }

    /** Frames that the page has shown. */
    public int shown() {
        return ((Number) page.evaluate("() => notecastColours.times.length")).intValue();
    }

    /** The longest time for which the page showed the same frame, until the last one. */
    public Duration longestGap() {
        return Duration.ofMillis(((Number)
                        page.evaluate(
                                "() => Math.round(Math.max(0, ...notecastColours.times.map((at, i, all) => i ? at - all[i - 1] : 0)))"))
                .longValue());
    }

    /** Whether the page still shows it in the same element, from the same connection. */
    public boolean isSame() {
        return (Boolean)
                page.evaluate(
                        "() => notecastColours.video === document.querySelector('video') && notecastColours.video.srcObject === notecastColours.stream");
    }

    /** Forgets what was shown until now; the colour that is seen now comes first. */
    public void restart() {
        page.evaluate("() => { notecastColours.colours.splice(0, notecastColours.colours.length - 1);"
                + " notecastColours.times.splice(0, notecastColours.times.length - 1); }");
    }
}
