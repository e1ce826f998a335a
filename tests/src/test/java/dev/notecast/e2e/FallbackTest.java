package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.server.FfmpegReader;
import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures by plain HTTP, where WebRTC does not come through, and the client that opens from disk. */
@Tag("e2e")
class FallbackTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60); // the pages wait 8 s for WebRTC
    private static final int PICTURES = 30;
    private static final String TOKEN = "sesame-open-the-door";

    @TempDir
    private static Path folder;

    @Test
    void bothPagesTurnToPicturesWhenMediaHasNoWay() {
        try (NotecastServer server = NotecastServer.start();
                Playwright playwright = Chromium.playwright();
                Chromium camera =
                        Chromium.withCamera(playwright, CounterClip.file()).withoutWayForMedia();
                Chromium viewer = Chromium.start(playwright).withoutWayForMedia()) {
            Page publisher = camera.open(server.url("cam/publish"));
            publisher.selectOption("#resolution", "360");
            publisher.click("#start");
            Await.condition("pictures that are sent", DEADLINE, () -> publisher
                    .textContent("#transport")
                    .equals("HTTP"));
            assertEquals("On air", publisher.textContent("#state"));
            assertTrue(publisher.textContent("#rtt").matches("\\d+ ms"), "the time of an upload is shown");

            List<Integer> pictures = FfmpegReader.counters(server.url("cam/stream.mjpg"), PICTURES, DEADLINE);
            assertEquals(0, CounterRun.of(pictures).outOfOrder(), () -> "pictures out of order: " + pictures);

            Page page = viewer.open(server.url("cam/"));
            awaitPicture(page);
            assertEquals("MJPEG", page.textContent("#transport"));
        }
    }

    @Test
    void theClientFromDiskSendsAndShowsPicturesWithATokenAndStaysOutWhenKicked() throws IOException {
        try (NotecastServer server = NotecastServer.start("--token", TOKEN);
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, CounterClip.file())) {
            Page client = camera.open(savedClient().toUri());
            client.fill("#server", server.base().toString());
            client.fill("#token", TOKEN);
            client.click("#start");
            Await.condition(
                    "WebRTC", DEADLINE, () -> client.textContent("#output-kind").equals("(WebRTC)"));
            server.kick("live", "publisher");
            Await.condition("the client to be told", DEADLINE, () -> client.textContent("#problem")
                    .startsWith("Whoever runs this server has ended the session."));
            assertEquals("Start camera", client.textContent("#start"), "it waits for a person");

            client.selectOption("#via", "upload");
            client.fill("#token", "a wrong one");
            client.click("#start");
            Await.condition("a refusal in words", DEADLINE, () -> client.textContent("#problem")
                    .contains("token"));

            client.fill("#token", TOKEN);
            client.click("#start");
            Await.condition(
                    PICTURES + " pictures sent",
                    DEADLINE,
                    () -> Integer.parseInt(client.textContent("#frames")) >= PICTURES);
            awaitPicture(client);
        }
    }

    /** As a person saves it: the page is on the class path with the others. */
    private static Path savedClient() throws IOException {
        Path file = folder.resolve("client.html");
        try (InputStream in = FallbackTest.class.getResourceAsStream("/web/client.html")) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static void awaitPicture(Page page) {
        Await.condition("a picture in " + page.url(), DEADLINE, () ->
                (Boolean) page.evaluate("() => document.querySelector('#pictures').naturalWidth > 0"));
    }
}
