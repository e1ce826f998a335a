package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the server prints for people to copy are run as they stand, but for the file and the token. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintedCommandsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String TOKEN = "sesame-open-the-door";
    private static final String WHIP = " -f whip ";
    private static final int FRAMES = 45;

    /** A viewer's offer, for the status and the text of what comes back. */
    private static final String OFFER =
            """
            async (url) => {
              const pc = new RTCPeerConnection();
              pc.addTransceiver('video', { direction: 'recvonly' });
              await pc.setLocalDescription();
              const headers = { 'Content-Type': 'application/sdp' };
              const response = await fetch(url, { method: 'POST', headers, body: pc.localDescription.sdp });
              pc.close();
              return response.status + ' ' + (await response.text());
            }""";

    private Path folder;
    private Path clip;
    private NotecastServer server;
    private Playwright playwright;
    private Chromium browser;

    @BeforeAll
    void start(@TempDir Path shared) {
        folder = shared;
        makeAFilm();
        server = NotecastServer.start("--token", TOKEN);
        playwright = Chromium.playwright();
        browser = Chromium.start(playwright);
    }

    @AfterAll
    void stop() {
        Closing.all(browser, playwright, server);
    }

    private void makeAFilm() {
        clip = CounterClip.file();
        List<String> command = List.of((Tools.ffmpeg() + " -nostdin -v error -i " + clip + " -f lavfi -i sine -shortest"
                        + " -c:v libx264 -preset ultrafast -bf 2 -b_strategy 0 -c:a aac input.mp4")
                .split(" "));
        try (ChildProcess ffmpeg = ChildProcess.start("ffmpeg", folder, Map.of(), command)) {
            assertEquals(0, ffmpeg.awaitExit(DEADLINE), () -> String.join("\n", ffmpeg.lines()));
        }
    }

    @Test
    void theIndexPagesFfmpegCommandPublishesAFile() {
        Page index = browser.open(server.base());
        String command = index.textContent("[data-command=ffmpeg] code");
        try (ChildProcess publisher = run(command.replace("<token>", TOKEN))) {
            assertSeen("live", publisher);
        }
    }

    @Test
    void whoPublishesBFramesIsToldACommandThatWorks() {
        String refusal;
        try (ChildProcess publisher = GStreamer.publish(server.url("b-frames/whip"), clip, "h264-b-frames", "none")) {
            Await.condition("B-frames to be noticed; " + publisher.lines(), DEADLINE, () -> server.path("b-frames")
                    .filter(stream -> stream.path("warning").asText().contains("B-frames"))
                    .isPresent());
            Page page = browser.open(server.base());
            refusal = (String) page.evaluate(OFFER, server.url("b-frames/whep").toString());
            page.close();
            publisher.process().destroyForcibly();
        }
        assertTrue(refusal.startsWith("406 the stream on path 'b-frames' is H264 with B-frames"), refusal);
        String command = refusal.substring(refusal.indexOf("ffmpeg -re"))
                .replace("SOURCE", "input.mp4")
                .replace("TOKEN", TOKEN)
                .replace("http://SERVER/", server.base().toString())
                .replace("/b-frames/", "/again/"); // the first publisher did not say goodbye
        try (ChildProcess publisher = run(command)) {
            assertSeen("again", publisher);
        }
    }

    /** The machine's ffmpeg has libx264 and no WHIP output, JavaCV's the reverse: one encodes, the other publishes. */
    private ChildProcess run(String command) {
        assertTrue(command.contains(WHIP), command);
        String piped = command.replace(WHIP, " -f nut - | \"$WHIP_FFMPEG\" -nostdin -f nut -i - -c copy -f whip ");
        Path script = folder.resolve("command.sh");
        try {
            Files.writeString(script, piped + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Map<String, String> whip = Map.of("WHIP_FFMPEG", Tools.whipFfmpeg().toString());
        return ChildProcess.start("the printed command", folder, whip, List.of("sh", script.toString()));
    }

    private void assertSeen(String path, ChildProcess publisher) {
        Await.condition("a stream", DEADLINE, () -> {
            assertTrue(publisher.process().isAlive(), () -> String.join("\n", publisher.lines()));
            return server.path(path)
                    .filter(stream -> stream.path("packets").asLong() > 0)
                    .isPresent();
        });
        Page page = browser.open(server.url(path + "/"));
        List<Integer> counters = VideoWatch.ofDecoder(page).awaitCounters(FRAMES, DEADLINE);
        CounterRun.assertInOrder("Chromium", counters);
    }
}
