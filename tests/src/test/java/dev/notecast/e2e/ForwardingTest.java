package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.FfmpegReader;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera in one Chromium, viewers in others, and the server in between. */
@Tag("e2e")
class ForwardingTest {
    private static final Duration FIRST_FRAME = Duration.ofSeconds(20);
    private static final Duration ALL_FRAMES = Duration.ofSeconds(60);
    private static final int WARM_UP = 30; // frames: the publisher's bandwidth estimate has settled
    private static final int FRAMES = 300;

    @TempDir
    private static Path folder;

    private static Path clip;

    @BeforeAll
    static void drawClip() {
        clip = CounterClip.write(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "VP9", "H264", "AV1"})
    void twoViewersSeeEveryFrameAndNothingIsDecodedUntilPicturesAreAskedFor(String codec) {
        try (NotecastServer server = NotecastServer.start();
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, clip);
                Chromium first = Chromium.start(playwright);
                Chromium second = Chromium.start(playwright)) {
            PublishPage.publish(camera, server, "live", codec);
            Page firstPage = first.open(server.url("live/"));
            Page secondPage = second.open(server.url("live/"));
            VideoWatch firstVideo = VideoWatch.ofDecoder(firstPage);
            VideoWatch secondVideo = VideoWatch.ofDecoder(secondPage);
            firstVideo.awaitCounters(WARM_UP, FIRST_FRAME);
            secondVideo.awaitCounters(WARM_UP, FIRST_FRAME);

            firstVideo.restart();
            secondVideo.restart();
            assertComplete("the first viewer", firstVideo.awaitCounters(FRAMES, ALL_FRAMES));
            assertComplete("the second viewer", secondVideo.awaitCounters(FRAMES, ALL_FRAMES));

            PeerStats firstStats = new PeerStats(firstPage);
            assertEquals("video/" + codec, firstStats.codec());
            assertNotEquals(
                    firstStats.inbound("ssrc"),
                    new PeerStats(secondPage).inbound("ssrc"),
                    "both viewers have one SSRC");
            assertEquals(0, server.decodedFrames("live"), "frames decoded by the server while it only forwarded");

            assertPicturesAgree(server, firstVideo);
        }
    }

    private static void assertPicturesAgree(NotecastServer server, VideoWatch viewer) {
        viewer.restart();
        int before = viewer.awaitCounters(1, FIRST_FRAME).getFirst();
        List<Integer> pictures = FfmpegReader.counters(server.url("live/stream.mjpg"), 60, ALL_FRAMES);
        int seen = viewer.counters().size();
        int after = viewer.awaitCounters(seen + CounterClip.FPS, FIRST_FRAME).getLast();
        assertEquals(60, pictures.size(), "pictures with a counter that ffmpeg read");
        assertEquals(0, CounterRun.of(pictures).outOfOrder(), () -> "pictures out of order: " + pictures);
        int span = Math.floorMod(after - before, CounterClip.FRAMES);
        assertTrue(
                pictures.stream().allMatch(counter -> Math.floorMod(counter - before, CounterClip.FRAMES) <= span),
                () -> "a viewer saw " + before + " to " + after + ", ffmpeg " + pictures);
        assertTrue(server.decodedFrames("live") > 0, "frames decoded while pictures are read");
    }

    private static void assertComplete(String who, List<Integer> counters) {
        CounterRun run = CounterRun.of(counters);
        assertTrue(run.expected() >= FRAMES, () -> who + " saw " + run);
        assertTrue(run.missingPercent() <= 1, () -> who + " saw " + run);
        assertEquals(0, run.outOfOrder(), () -> who + " saw " + run);
    }

    /**
     * The publisher counts the keyframes it encodes. One more since before the join, and one decoded by the joiner: so the
     * joiner began with the very first keyframe after its join.
     */
    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    void aLateJoinerBeginsWithTheFirstKeyframeAfterItsJoin(String codec) {
        try (NotecastServer server = NotecastServer.start();
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, clip);
                Chromium early = Chromium.start(playwright);
                Chromium late = Chromium.start(playwright)) {
            PeerStats publisher = new PeerStats(PublishPage.publish(camera, server, "live", codec));
            VideoWatch.ofDecoder(early.open(server.url("live/"))).awaitCounters(WARM_UP, FIRST_FRAME);
            long keyframesBefore = publisher.outbound("keyFramesEncoded");

            Page latePage = late.open(server.url("live/"));
            VideoWatch.ofDecoder(latePage).awaitCounters(1, FIRST_FRAME);
            long keyframesAfter = publisher.outbound("keyFramesEncoded");
            PeerStats joiner = new PeerStats(latePage);

            assertEquals(1, keyframesAfter - keyframesBefore, "keyframes encoded from the join to its first picture");
            assertEquals(1, joiner.inbound("keyFramesDecoded"), "keyframes that the late viewer has decoded");
        }
    }
}
