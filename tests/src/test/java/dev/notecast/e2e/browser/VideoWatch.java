package dev.notecast.e2e.browser;

import com.microsoft.playwright.Page;
import dev.notecast.e2e.Await;
import dev.notecast.e2e.CounterClip;
import dev.notecast.e2e.CounterRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the counters of the first video of a page. */
public final class VideoWatch {
    private final Page page;

    private VideoWatch(Page page, String reader) {
        this.page = page;
        page.waitForFunction("() => document.querySelector('video')?.srcObject?.getVideoTracks().length");
        page.evaluate("() => { window.notecastSeen = notecastProbe." + reader + "(document.querySelector('video')); }");
    }

    /** The frames that the page shows: what a person sees, some skipped on a busy machine. */
    public static VideoWatch ofPicture(Page page) {
        return new VideoWatch(page, "watchPicture");
    }

    /** Every frame that was received and decoded. */
    public static VideoWatch ofDecoder(Page page) {
        return new VideoWatch(page, "watchDecoder");
    }

    /** The counters so far, in the order of their frames. */
    public List<Integer> counters() {
        List<Integer> counters = new ArrayList<>();
        for (Object counter : (List<?>) page.evaluate("() => notecastSeen.counters")) {
            counters.add(((Number) counter).intValue());
        }
        return counters;
    }

    /** Waits until there are so many of them. */
    public List<Integer> awaitCounters(int count, Duration deadline) {
        Await.condition(
                count + " counters in " + page.url() + ", saw " + counters().size(),
                deadline,
                () -> ((Number) page.evaluate("() => notecastSeen.counters.length")).intValue() >= count);
        return counters();
    }

    /**
     * Waits for so many counters after those of the first second, of which hardly one may be missing. In the first second
     * a publisher may send all that has waited for its connection at once, and Chromium goes on with the newest keyframe.
     */
    public void assertComplete(String who, int count, Duration deadline) {
        PeerStats stats = new PeerStats(page);
        awaitCounters(counters().size() + CounterClip.FPS, deadline);
        long dropped = stats.inbound("framesDropped");
        restart();
        List<Integer> counters = awaitCounters(count, deadline);
        CounterRun.assertComplete(who, counters, stats.inbound("framesDropped") - dropped);
    }

    /** Frames without a counter: black ones, say. Of the decoder's only. */
    public int unreadable() {
        return number("notecastSeen.unreadable");
    }

    /** The longest time between two frames, until the last one; of the decoder's only. */
    public Duration longestSilence() {
        return Duration.ofMillis(
                number("Math.max(0, ...notecastSeen.times.map((at, i, all) => i ? at - all[i - 1] : 0))"));
    }

    /** Whether the page still shows it in the same element, from the same connection. */
    public boolean isSame() {
        return (Boolean)
                page.evaluate(
                        "() => notecastSeen.video === document.querySelector('video') && notecastSeen.video.srcObject === notecastSeen.stream");
    }

    /** Wall-clock time of the first of them, in milliseconds. */
    public long firstMillis() {
        return ((Number) page.evaluate("() => notecastSeen.times[0]")).longValue();
    }

    private int number(String expression) {
        return ((Number) page.evaluate("() => " + expression)).intValue();
    }

    /** Forgets those until now. */
    public void restart() {
        page.evaluate("() => { notecastSeen.counters.length = 0; notecastSeen.times.length = 0; }");
    }
}
