package dev.notecast.e2e.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import dev.notecast.e2e.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** What {@code getStats()} says about the video, and the sound, of a page's newest peer connection. */
public record PeerStats(Page page) {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One value of {@code inbound-rtp}; 0 when it is not there yet. */
    public long inbound(String name) {
        return stat("inbound-rtp", name);
    }

    /** One value of {@code outbound-rtp}; 0 when it is not there yet. */
    public long outbound(String name) {
        return stat("outbound-rtp", name);
    }

    /** Frames that the camera has delivered and the encoder left out: it is busy. */
    public long notEncoded() {
        return stat("media-source", "frames") - outbound("framesEncoded");
    }

    /** MIME type of the codec in use. */
    public String codec() {
        return Await.value("a codec in " + page.url(), DEADLINE, () -> {
            JsonNode codecs = json("async () => JSON.stringify(await notecastProbe.videoCodecs())");
            return codecs.isEmpty()
                    ? Optional.empty()
                    : Optional.of(codecs.get(0).asText());
        });
    }

    /**
     * The way that media takes: {@code local} and {@code remote}, each with {@code protocol}, {@code address}, .., and
     * {@code roundTripTime} in seconds.
     */
    public JsonNode way() {
        return json("async () => JSON.stringify(await notecastProbe.way())");
    }

    /** One value of {@code inbound-rtp} of the sound; 0 when it is not there yet. */
    public double heard(String name) {
        return sound().path(name).asDouble();
    }

    /** MIME type of the sound's codec. */
    public String audioCodec() {
        return sound().path("mimeType").asText();
    }

    private JsonNode sound() {
        return json("async () => JSON.stringify(await notecastProbe.stats('inbound-rtp', 'audio'))")
                .path(0);
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
