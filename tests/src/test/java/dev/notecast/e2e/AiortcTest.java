package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.e2e.server.GrayPictures;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** aiortc as publisher and as reader: the WebRTC of many Python programs. */
@Tag("e2e")
class AiortcTest {
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final int FRAMES = 45;

    @Test
    void readsWhatItPublishes(@TempDir Path folder) {
        Path clip = CounterClip.write(folder);
        String python = Tools.peersPython().toString();
        String peer = Path.of("src/test/python/aiortc_peer.py").toAbsolutePath().toString();
        try (NotecastServer server = NotecastServer.start();
                ChildProcess publisher = ChildProcess.start(
                        "aiortc",
                        folder,
                        Map.of(),
                        List.of(python, peer, "publish", server.url("live/whip").toString(), clip.toString()))) {
            Await.condition("a stream from aiortc", DEADLINE, () -> {
                assertTrue(publisher.process().isAlive(), () -> String.join("\n", publisher.lines()));
                return server.path("live")
                        .filter(stream -> stream.path("packets").asLong() > 0)
                        .isPresent();
            });
            List<Integer> counters = GrayPictures.counters(
                    List.of(python, peer, "read", server.url("live/whep").toString()), FRAMES, DEADLINE);
            assertEquals(FRAMES, counters.size(), () -> "aiortc saw only " + counters);
            CounterRun.assertInOrder("aiortc", counters);
            assertEquals(0, server.decodedFrames("live"), "frames decoded by the server while it only forwarded");
        }
    }
}
