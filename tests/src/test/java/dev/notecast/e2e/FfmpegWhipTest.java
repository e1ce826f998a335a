package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.FfmpegReader;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** FFmpeg 8 publishes by its own WHIP output. */
@Tag("e2e")
@Isolated
class FfmpegWhipTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String TOKEN = "sesame-open-the-door";
    private static final int FRAMES = 60;

    @TempDir
    private Path folder;

    @Test
    void publishesWithItsTokenAndItsViewersStayWhenItIsKilledAndComesBack() {
        Path clip = CounterClip.file();
        try (NotecastServer server = NotecastServer.start("--token", TOKEN);
                Playwright playwright = Chromium.playwright();
                Chromium browser = Chromium.start(playwright)) {
            try (ChildProcess stranger = publish(server, clip, "a wrong token")) {
                assertNotEquals(0, stranger.awaitExit(DEADLINE));
                assertSaid("401 Unauthorized", stranger);
            }
            Page page;
            VideoWatch video;
            try (ChildProcess first = publish(server, clip, TOKEN)) {
                awaitPackets(server, first);
                page = browser.open(server.url("live/"));
                video = VideoWatch.ofDecoder(page);
                video.assertComplete("Chromium", FRAMES, DEADLINE);
                assertEquals("video/H264", new PeerStats(page).codec());
                assertEquals(CounterClip.WIDTH, new PeerStats(page).inbound("frameWidth"));
                assertEquals(0, server.decodedFrames("live"), "frames decoded by the server while it only forwarded");
                List<Integer> pictures = FfmpegReader.counters(server.url("live/stream.mjpg"), FRAMES / 2, DEADLINE);
                CounterRun.assertInOrder("ffmpeg", pictures);

                first.process().destroyForcibly(); // no goodbye
                first.awaitExit(DEADLINE);
            }
            try (ChildProcess second = publishAsSoonAsThePathIsFree(server, clip)) {
                video.restart(); // the second counts from zero
                video.assertComplete("Chromium, again,", FRAMES, DEADLINE);
                assertTrue(second.process().isAlive(), () -> String.join("\n", second.lines()));
            }
            assertEquals(1, page.evaluate("() => notecastProbe.connections()"), "connections the viewer has made");
        }
    }

    private ChildProcess publishAsSoonAsThePathIsFree(NotecastServer server, Path clip) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            ChildProcess ffmpeg = publish(server, clip, TOKEN);
            Await.condition(
                    "ffmpeg to publish or to be refused",
                    DEADLINE,
                    () -> !ffmpeg.process().isAlive()
                            || ffmpeg.lines().stream().anyMatch(line -> line.startsWith("Output #0, whip")));
            if (ffmpeg.process().isAlive()) {
                return ffmpeg;
            }
            ffmpeg.close();
            assertSaid("409", ffmpeg);
            assertTrue(System.nanoTime() < end, "the path is still taken");
        }
    }

    private static void assertSaid(String words, ChildProcess ffmpeg) {
        String output = String.join("\n", ffmpeg.lines());
        assertTrue(output.contains(words), output);
    }

    private static void awaitPackets(NotecastServer server, ChildProcess ffmpeg) {
        Await.condition("a stream from ffmpeg", DEADLINE, () -> {
            assertTrue(ffmpeg.process().isAlive(), () -> String.join("\n", ffmpeg.lines()));
            return server.path("live")
                    .filter(stream -> stream.path("packets").asLong() > 0)
                    .isPresent();
        });
    }

    private ChildProcess publish(NotecastServer server, Path clip, String token) {
        List<String> command = new ArrayList<>(List.of(Tools.whipFfmpeg().toString(), "-nostdin", "-re"));
        command.addAll(List.of("-stream_loop", "-1", "-i", clip.toString()));
        command.addAll(List.of("-f", "lavfi", "-i", "sine=sample_rate=48000"));
        command.addAll(List.of("-c:v", "libopenh264", "-g", "15", "-b:v", "500k", "-c:a", "libopus", "-ac", "2"));
        command.addAll(List.of("-f", "whip", "-authorization", token));
        command.add(server.url("live/whip").toString());
        return ChildProcess.start("ffmpeg", folder, Map.of(), command);
    }
}
