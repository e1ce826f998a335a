package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.e2e.server.GrayPictures;
import dev.notecast.e2e.server.NotecastServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** aiortc as publisher and as reader: the WebRTC of many Python programs. */
@Tag("e2e")
@Isolated
class AiortcTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int FRAMES = 45;

    @TempDir
    private static Path folder;

    private static Path clip;
    private static NotecastServer server;

    @BeforeAll
    static void start() {
        clip = CounterClip.file();
        server = NotecastServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A peer that was killed says no goodbye. */
    @AfterEach
    void freePath() {
        server.kick("live", "publisher");
    }

    @Test
    void readsWhatItPublishes() {
        List<String> publish = peer("publish", server.url("film/whip"), clip.toString());
        try (ChildProcess publisher = ChildProcess.start("aiortc", folder, Map.of(), publish)) {
            Await.condition("a stream from aiortc", DEADLINE, () -> {
                assertTrue(publisher.process().isAlive(), () -> String.join("\n", publisher.lines()));
                return server.path("film")
                        .filter(stream -> stream.path("packets").asLong() > 0)
                        .isPresent();
            });
            assertSeen(GrayPictures.counters(peer("read", server.url("film/whep")), FRAMES, DEADLINE));
            assertEquals(0, server.decodedFrames("film"), "frames decoded by the server while it only forwarded");
        }
    }

    @Test
    void getsWhatItPublishesBackOverTheSameConnectionAsFromTheServerOfItsExamples() {
        URI offer = server.url("webrtc/offer");
        assertSeen(GrayPictures.counters(peer("exchange", offer, clip.toString(), ""), FRAMES, DEADLINE));
    }

    @Test
    void getsItBackThroughTheFilterThatItNamesAndThroughTheOneThatIsChosenUnderway() {
        List<String> command = peer("exchange", server.url("webrtc/offer"), clip.toString(), "mirror");
        CompletableFuture<Void> chosen = CompletableFuture.runAsync(() -> {
            Await.condition("mirrored pictures", DEADLINE, () -> server.pipeline("live-ai")
                    .filter(pipeline -> pipeline.path("frames").asLong() > FRAMES)
                    .isPresent());
            assertEquals(200, server.put("live/filters", "{\"filter\": \"copy\"}"));
        });
        List<Integer> counters = GrayPictures.counters(command, FRAMES, DEADLINE);
        chosen.join();
        assertEquals(FRAMES, counters.size(), () -> "aiortc saw only " + counters);
        CounterRun.assertInOrder("aiortc", counters);
    }

    private static List<String> peer(String role, URI url, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Tools.peersPython().toString(),
                Path.of("src/test/python/aiortc_peer.py").toAbsolutePath().toString(),
                role,
                url.toString()));
        command.addAll(List.of(more));
        return command;
    }

    private static void assertSeen(List<Integer> counters) {
        assertEquals(FRAMES, counters.size(), () -> "aiortc saw only " + counters);
        CounterRun.assertComplete("aiortc", counters, 0);
    }
}
