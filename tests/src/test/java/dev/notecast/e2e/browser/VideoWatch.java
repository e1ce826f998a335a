package dev.notecast.e2e.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import dev.notecast.e2e.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Follows the first video of a page and the connection behind it. */
public final class VideoWatch {
    private static final Duration STATS_DEADLINE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

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
        json("() => JSON.stringify(notecastSeen.counters)").forEach(each -> counters.add(each.asInt()));
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

    /** One value of the video's {@code inbound-rtp} statistics; 0 when it is not there yet. */
    public long inbound(String name) {
        return stat("inbound-rtp", name);
    }

    /** One value of the video's {@code outbound-rtp} statistics; 0 when it is not there yet. */
    public long outbound(String name) {
        return stat("outbound-rtp", name);
    }

    /** MIME type of the codec in use. */
    public String codec() {
        return Await.value("a codec in " + page.url(), STATS_DEADLINE, () -> {
            JsonNode codecs = json("async () => JSON.stringify(await notecastProbe.videoCodecs())");
            return codecs.isEmpty()
                    ? java.util.Optional.empty()
                    : java.util.Optional.of(codecs.get(0).asText());
        });
    }

    private long stat(String type, String name) {
        JsonNode found = json("async () => JSON.stringify(await notecastProbe.stats('" + type + "', 'video'))");
        return found.isEmpty() ? 0 : found.get(0).path(name).asLong();
    }

    private JsonNode json(String expression) {
        String text = (String) page.evaluate(expression);
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
