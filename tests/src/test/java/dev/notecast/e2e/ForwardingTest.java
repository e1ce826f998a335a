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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera in one Chromium, viewers in others, and the server in between; each codec on a path of its own. */
@Tag("e2e")
@Isolated
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForwardingTest {
    private static final Duration FIRST_FRAME = Duration.ofSeconds(60);
    private static final Duration ALL_FRAMES = Duration.ofSeconds(90);
    private static final int WARM_UP = 30; // frames: the publisher's bandwidth estimate has settled
    private static final int FRAMES = 300;
    private static final int PICTURES = 60;

    private Playwright playwright;
    private NotecastServer server;
    private Chromium camera;
    private Chromium first;
    private Chromium second;

    @BeforeAll
    void start() {
        playwright = Chromium.playwright();
        server = NotecastServer.start();
        camera = Chromium.withCamera(playwright, CounterClip.file());
        first = Chromium.start(playwright);
        second = Chromium.start(playwright);
    }

    @AfterEach
    void closePages() {
        List.of(second, first, camera).forEach(Chromium::closePages);
    }

    @AfterAll
    void stop() {
        Closing.all(second, first, camera, server, playwright);
    }

    /** A path that is named after its codec, with its publisher and two viewers. */
    private final class Live {
        private final String codec;
        private final Page publisher;
        private final VideoWatch cameraVideo;
        private final Page firstPage;
        private final Page secondPage;
        private final VideoWatch firstVideo;
        private final VideoWatch secondVideo;
        private long notEncoded;

        private Live(String codec) {
            this.codec = codec;
            publisher = PublishPage.publish(camera, server, codec, codec);
            cameraVideo = VideoWatch.ofDecoder(publisher);
            firstPage = first.open(server.url(codec + "/"));
            secondPage = second.open(server.url(codec + "/"));
            firstVideo = VideoWatch.ofDecoder(firstPage);
            secondVideo = VideoWatch.ofDecoder(secondPage);
        }

        private void begin() {
            notEncoded = new PeerStats(publisher).notEncoded();
            cameraVideo.restart();
            firstVideo.restart();
            secondVideo.restart();
        }

        private void assertComplete() {
            List<Integer> firstSeen = firstVideo.awaitCounters(FRAMES, ALL_FRAMES);
            List<Integer> secondSeen = secondVideo.awaitCounters(FRAMES, ALL_FRAMES);
            List<Integer> sent = cameraVideo.counters();
            long leftOut = new PeerStats(publisher).notEncoded() - notEncoded;
            assertComplete("the first viewer", firstSeen, sent, leftOut);
            assertComplete("the second viewer", secondSeen, sent, leftOut);
        }

        /** Of what a busy machine makes the camera or the encoder leave out, the server knows nothing. */
        private void assertComplete(String who, List<Integer> seen, List<Integer> sent, long leftOut) {
            CounterRun run = CounterRun.of(seen);
            long missing = CounterRun.missing(sent, seen) - leftOut;
            String message = String.format(
                    "%s of %s saw %s; %d that the camera had are missing, the encoder left out %d",
                    who, codec, run, missing + leftOut, leftOut);
            assertTrue(run.expected() >= FRAMES, message);
            assertTrue(missing <= FRAMES / 100, message);
            assertEquals(0, run.outOfOrder(), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8 AV1", "VP9 H264"}) // two at a time, as a slow machine can
    void twoViewersSeeEveryFrameAndNothingIsDecodedUntilPicturesAreAskedFor(String codecs) {
        List<Live> all = Stream.of(codecs.split(" ")).map(Live::new).toList();
        for (Live each : all) {
            each.firstVideo.awaitCounters(WARM_UP, FIRST_FRAME);
            each.secondVideo.awaitCounters(WARM_UP, FIRST_FRAME);
        }
        for (Live each : all) {
            each.begin();
        }
        for (Live each : all) {
            each.assertComplete();

            PeerStats firstStats = new PeerStats(each.firstPage);
            assertEquals("video/" + each.codec, firstStats.codec());
            assertNotEquals(
                    firstStats.inbound("ssrc"),
                    new PeerStats(each.secondPage).inbound("ssrc"),
                    "both viewers have one SSRC");
            assertEquals(0, server.decodedFrames(each.codec), "frames decoded by the server while it only forwarded");
        }
        assertPicturesAgree(all);
    }

    private void assertPicturesAgree(List<Live> all) {
        all.forEach(each -> each.firstVideo.restart());
        List<Integer> before = all.stream()
                .map(each -> each.firstVideo.awaitCounters(1, FIRST_FRAME).getFirst())
                .toList();
        List<CompletableFuture<List<Integer>>> read = all.stream()
                .map(each -> server.url(each.codec + "/stream.mjpg"))
                .map(url -> CompletableFuture.supplyAsync(() -> FfmpegReader.counters(url, PICTURES, ALL_FRAMES)))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            assertPicturesAgree(all.get(i), before.get(i), read.get(i).join());
        }
    }

    private void assertPicturesAgree(Live live, int before, List<Integer> pictures) {
        int seen = live.firstVideo.counters().size();
        List<Integer> viewed = live.firstVideo.awaitCounters(seen + CounterClip.FPS, FIRST_FRAME);
        assertEquals(PICTURES, pictures.size(), () -> "pictures of " + live.codec + " that ffmpeg read: " + pictures);
        assertEquals(
                0, CounterRun.of(pictures).outOfOrder(), () -> live.codec + ": pictures out of order: " + pictures);
        int span = CounterRun.of(viewed).expected(); // may be more than a round of the clip on a slow machine
        assertTrue(
                pictures.stream().allMatch(counter -> Math.floorMod(counter - before, CounterClip.FRAMES) < span),
                () -> "a viewer of " + live.codec + " saw " + span + " from " + before + " on, ffmpeg " + pictures);
        assertTrue(server.decodedFrames(live.codec) > 0, "frames decoded while pictures are read");
    }

    /**
     * The publisher counts the keyframes it encodes. One more since before the join, and one decoded by the joiner: so the
     * joiner began with the very first keyframe after its join.
     */
    @ParameterizedTest
    @ValueSource(strings = {"VP8", "H264"})
    void aLateJoinerBeginsWithTheFirstKeyframeAfterItsJoin(String codec) {
        String path = "late/" + codec;
        Page publisher = PublishPage.publish(camera, server, path, codec);
        Page early = first.open(server.url(path + "/"));
        VideoWatch.ofDecoder(early).awaitCounters(WARM_UP, FIRST_FRAME);
        PeerStats encoded = new PeerStats(publisher);
        long keyframesBefore = encoded.outbound("keyFramesEncoded");

        Page late = second.open(server.url(path + "/"));
        VideoWatch.ofDecoder(late).awaitCounters(1, FIRST_FRAME);
        long keyframesAfter = encoded.outbound("keyFramesEncoded");
        PeerStats joiner = new PeerStats(late);

        assertEquals(1, keyframesAfter - keyframesBefore, "keyframes encoded from the join to its first picture");
        assertEquals(1, joiner.inbound("keyFramesDecoded"), "keyframes that the late viewer has decoded");
    }
}
