package dev.notecast.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.ServerInThisJvm;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.vision.pipeline.PipelineOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A browser's camera through filters to the same browser's viewer page, and to MJPEG. */
@Tag("e2e")
@ServerInThisJvm
class PipelineTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final PathName CAM = new PathName("cam");
    private static final PathName AI = new PathName("cam-ai");
    private static final JpegOptions BEST = new JpegOptions(0, 100, 30);
    private static final double ALIKE = 0.95; // of the lines, what a codec leaves
    private static final int SOME_FRAMES = CounterClip.FPS;

    private static final String CONNECTIONS = "() => notecastProbe.connections()";

    /** The green of what the video shows now, as one character a pixel; null while it has another size than the clip. */
    private static final String SHOWN =
            """
            () => {
              const video = document.querySelector('video');
              if (video.videoWidth !== %1$d || video.videoHeight !== %2$d) return null;
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [%1$d, %2$d];
              const context = canvas.getContext('2d');
              context.drawImage(video, 0, 0);
              const { data } = context.getImageData(0, 0, %1$d, %2$d);
              let text = '';
              for (let i = 1; i < data.length; i += 4) text += String.fromCharCode(data[i]);
              return btoa(text);
            }"""
                    .formatted(CounterClip.WIDTH, CounterClip.HEIGHT);

    @Test
    void viewersSeeWhatTheFilterGivesWhileFiltersAreExchangedAndTheCameraComesAndGoes() {
        EdgeClip clip = new EdgeClip();
        try (Notecast server =
                        Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0));
                Playwright playwright = Chromium.playwright();
                Chromium browser = Chromium.withCamera(playwright, CounterClip.file())) {
            server.pipelines().start("edges", PipelineOptions.of(CAM, AI), "edge_detection");
            Page page = browser.open(server.viewUrl(AI)); // it waits, as the pipeline does
            Page camera = PublishPage.publish(browser, server, CAM, "VP8");
            assertThat(camera.locator("#kept")).isHidden();
            VideoWatch video = VideoWatch.ofDecoder(page);
            Object connections = page.evaluate(CONNECTIONS); // with those that found no stream yet

            assertAlike("the viewer", clip, () -> shown(page));
            assertAlike("MJPEG", clip, () -> snapshot(server));

            server.pipelines().set("edges", "copy");
            video.restart();
            video.awaitCounters(SOME_FRAMES, DEADLINE);
            int unreadable = video.unreadable();
            server.pipelines().set("edges", "mirror");
            Await.condition("the mirrored picture", DEADLINE, () -> video.unreadable() > unreadable);
            server.pipelines().set("edges", "mirror,mirror");
            video.restart();
            video.awaitCounters(SOME_FRAMES, DEADLINE);
            server.pipelines().set("edges", "invert,invert");
            video.awaitCounters(2 * SOME_FRAMES, DEADLINE);
            server.pipelines().set("edges", "copy");
            CounterRun run = CounterRun.of(video.awaitCounters(3 * SOME_FRAMES, DEADLINE));
            assertEquals(0, run.outOfOrder(), run::toString);
            assertTrue(run.missingPercent() <= 50, run::toString); // a busy machine leaves out what it has no time for
            assertEquals("video/VP8", new PeerStats(page).codec());

            int readable = video.unreadable();
            camera.selectOption("#filter", "mirror");
            Await.condition("what the publisher's page chose", DEADLINE, () -> video.unreadable() > readable);
            assertEquals("mirror", server.pipelines().status("edges").filters());
            page.keyboard().press("s");
            assertThat(page.locator(".waterfall"))
                    .containsText(
                            "mirror", new LocatorAssertions.ContainsTextOptions().setTimeout(DEADLINE.toMillis()));
            assertThat(page.locator(".waterfall")).containsText("arrival to sent");
            camera.selectOption("#filter", "copy");

            camera.close();
            Await.condition("the output ends with its input", DEADLINE, () -> server.streams().stream()
                    .noneMatch(stream ->
                            stream.path().equals(AI) && stream.publisher().isPresent()));
            Page again = PublishPage.publish(browser, server, CAM, "VP8");
            video.restart();
            video.awaitCounters(SOME_FRAMES, DEADLINE);
            assertTrue(video.isSame(), "another video element or stream");
            assertEquals(connections, page.evaluate(CONNECTIONS), "connections the viewer has made");

            Notecast.path(AI.value()).rewind(Duration.ofSeconds(5));
            again.click("#start"); // a page asks when its connection is new, and seldom after that
            again.click("#start");
            assertThat(again.locator("#kept")) // of what comes out of the filter
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(DEADLINE.toMillis()));
        }
    }

    /** The first pictures of a camera may be too coarse, so it looks until one is good. */
    private static void assertAlike(String who, EdgeClip clip, Supplier<Optional<byte[]>> pictures) {
        AtomicReference<EdgeClip.Match> best = new AtomicReference<>(new EdgeClip.Match(-1, 0, 0));
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (best.get().likeness() < ALIKE && System.nanoTime() < end) {
            pictures.get()
                    .map(clip::match)
                    .filter(match -> match.likeness() > best.get().likeness())
                    .ifPresent(best::set);
        }
        EdgeClip.Match match = best.get();
        assertTrue(match.likeness() >= ALIKE, who + " saw " + match);
        assertTrue(match.otherwise() < match.likeness() - 0.05, who + " saw " + match);
    }

    private static Optional<byte[]> shown(Page page) {
        return Optional.ofNullable((String) page.evaluate(SHOWN)).map(Base64.getDecoder()::decode);
    }

    private static Optional<byte[]> snapshot(Notecast server) {
        try {
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(server.snapshot(AI, BEST, Duration.ofSeconds(10))));
            byte[] green = new byte[image.getWidth() * image.getHeight()];
            for (int i = 0; i < green.length; i++) {
                green[i] = (byte) (image.getRGB(i % image.getWidth(), i / image.getWidth()) >> 8);
            }
            return green.length == CounterClip.WIDTH * CounterClip.HEIGHT ? Optional.of(green) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
