package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.e2e.browser.Firefox;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firefox as publisher and as viewer. */
@Tag("e2e")
class FirefoxTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int FRAMES = 60;

    @Test
    void publishesAndViewsVp8(@TempDir Path profile) {
        try (NotecastServer server = NotecastServer.start();
                Firefox firefox = Firefox.start(profile)) {
            String publisher = firefox.open(server.url("live/publish"));
            firefox.evaluate(
                    publisher,
                    """
                    (() => {
                      document.querySelector('#codec').value = 'VP8';
                      document.querySelector('#start').click();
                      return true;
                    })()""");
            Await.condition("a stream from Firefox", DEADLINE, () -> server.path("live")
                    .filter(stream -> stream.path("packets").asLong() > 0)
                    .isPresent());

            String viewer = firefox.open(server.url("live/"));
            Await.condition(
                    FRAMES + " frames decoded in Firefox",
                    DEADLINE,
                    () -> firefox.evaluate(
                                            viewer,
                                            "notecastProbe.stats('inbound-rtp', 'video')"
                                                    + ".then((found) => found.length ? found[0].framesDecoded : 0)")
                                    .asLong()
                            >= FRAMES);
            assertEquals(
                    "video/VP8",
                    firefox.evaluate(viewer, "notecastProbe.videoCodecs().then((found) => found[0])")
                            .asText());
            assertEquals(0, server.decodedFrames("live"), "frames decoded by the server while it only forwarded");
        }
    }
}
