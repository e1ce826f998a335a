package dev.notecast.media.egress.mjpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.ingest.synthetic.CounterCode;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.RecordingReader;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.rtc.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MjpegServerTest {
    private static final PathName LIVE = new PathName("mjpeg-live");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PathManager paths = new PathManager();
    private final PathDecoders decoders = new PathDecoders(paths);
    private final MjpegServer server = new MjpegServer(new DecodedPictures(paths, decoders));

    private void publish() {
        TestSource.start(paths, LIVE, new TestOptions(Codec.VP8, 640, 360, 30, 600_000));
    }

    @AfterEach
    void close() {
        server.close();
        server.close();
        decoders.close();
        paths.close();
        Await.until(
                "no thread is left",
                SOON,
                () -> !Await.threadRuns("notecast-decode-" + LIVE)
                        && !Await.threadRuns("notecast-decode-jpeg")
                        && !Await.threadRuns("notecast-test-" + LIVE));
    }

    private static int counter(JpegFrame frame) throws IOException {
        return CounterCode.read(ImageIO.read(new ByteArrayInputStream(frame.jpeg())))
                .orElseThrow();
    }

    private static List<JpegFrame> read(MjpegReader reader, int count) {
        List<JpegFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(reader.next(SOON).orElseThrow());
        }
        return frames;
    }

    @Test
    void showsNewPicturesInOrder() throws IOException {
        publish();
        try (MjpegReader reader = server.open(LIVE, JpegOptions.DEFAULT)) {
            int before = -1;
            for (JpegFrame frame : read(reader, 15)) {
                assertEquals(640, frame.width());
                int counter = counter(frame);
                assertTrue(counter > before, counter + " after " + before);
                before = counter;
                FrameTimes times = frame.times();
                assertTrue(frame.arrivalNanos() < times.decodedNanos(), times.toString());
                assertTrue(times.decodedNanos() < times.convertedNanos(), times.toString());
                assertTrue(times.convertedNanos() < times.encodedNanos(), times.toString());
            }
        }
    }

    @Test
    void equalOptionsShareOneEncoding() throws Exception {
        publish();
        JpegOptions half = new JpegOptions(320, 70, 30);
        try (MjpegReader a = server.open(LIVE, half);
                MjpegReader b = server.open(LIVE, half)) {
            var both = CompletableFuture.supplyAsync(() -> read(a, 20));
            Map<Long, JpegFrame> ofB = read(b, 20).stream().collect(Collectors.toMap(JpegFrame::arrivalNanos, f -> f));
            List<JpegFrame> common = both.get(20, TimeUnit.SECONDS).stream()
                    .filter(frame -> ofB.containsKey(frame.arrivalNanos()))
                    .toList();
            assertTrue(common.size() >= 10, "only " + common.size() + " pictures of 20 in common");
            common.forEach(frame -> assertSame(ofB.get(frame.arrivalNanos()).jpeg(), frame.jpeg()));
            assertEquals(320, common.getFirst().width());
            assertEquals(180, common.getFirst().height());
        }
    }

    @Test
    void keepsToTheReadersRate() {
        publish();
        try (MjpegReader reader = server.open(LIVE, new JpegOptions(160, 50, 10))) {
            List<JpegFrame> frames = read(reader, 11);
            long nanos = frames.getLast().arrivalNanos() - frames.getFirst().arrivalNanos();
            assertTrue(nanos > 850_000_000, "11 pictures at 10 fps came in " + nanos / 1_000_000 + " ms");
        }
    }

    @Test
    void countsAndStopsDecoding() {
        publish();
        assertEquals(0, decoders.decodedFrames(LIVE));
        MjpegReader reader = server.open(LIVE, JpegOptions.DEFAULT);
        read(reader, 2);
        assertTrue(decoders.decodedFrames(LIVE) >= 2);
        reader.close();
        reader.close();
        assertTrue(reader.next(Duration.ofMillis(1)).isEmpty(), "a closed reader gave a picture");
        Await.until("decoding stops", SOON, () -> !Await.threadRuns("notecast-decode-" + LIVE));
    }

    @Test
    void waitsWhileThePublisherIsAwayAndEndsWithThePath() {
        TestSource source = TestSource.start(paths, LIVE, new TestOptions(Codec.VP8, 640, 360, 30, 600_000));
        try (MjpegReader reader = server.open(LIVE, JpegOptions.DEFAULT)) {
            read(reader, 1);
            source.close();
            Await.until("no old picture is shown any more", SOON, () -> reader.next(Duration.ofMillis(50))
                    .isEmpty());
            publish();
            read(reader, 2);
            paths.close();
            assertThrows(
                    NoStreamException.class,
                    () -> Stream.generate(() -> reader.next(SOON)).limit(10).forEach(each -> {}));
        }
    }

    @Test
    void closingWakesAReaderThatWaits() throws Exception {
        publish();
        MjpegReader reader = server.open(LIVE, new JpegOptions(0, 85, 1));
        read(reader, 1);
        var waiting = CompletableFuture.supplyAsync(() -> reader.next(Duration.ofSeconds(30)));
        reader.close();
        waiting.get(5, TimeUnit.SECONDS);
    }

    @Test
    void whoeverReadsIsToldThatTheServerHasStopped() {
        publish();
        MjpegReader reader = server.open(LIVE, JpegOptions.DEFAULT);
        read(reader, 1);
        server.close();
        assertThrows(NoStreamException.class, () -> reader.next(SOON), "an empty answer at once would be asked again");
    }

    @Test
    void theFifthSizeIsTheNearestOfFour() {
        publish();
        for (int width : new int[] {160, 320, 480, 0}) {
            server.open(LIVE, new JpegOptions(width, 80, 30));
        }
        assertEquals(320, readOne(new JpegOptions(200, 80, 30)).width(), "the next that is not smaller");
        assertEquals(640, readOne(new JpegOptions(500, 80, 30)).width());
        assertEquals(640, readOne(new JpegOptions(0, 20, 30)).width());
        assertEquals(4, server.status().size());
    }

    @Test
    void startingAFifthSizeKeepsTheNearestReady() {
        publish();
        List<MjpegReader> readers = new ArrayList<>();
        for (int width : new int[] {160, 320, 480, 0}) {
            readers.add(server.open(LIVE, new JpegOptions(width, 80, 30)));
        }
        JpegOptions kept = server.start(LIVE, new JpegOptions(200, 70, 10));
        assertEquals(new JpegOptions(320, 80, 10), kept);
        assertEquals(kept, server.defaults(LIVE));
        readers.forEach(MjpegReader::close);
        List<MjpegStatus> left = server.status();
        assertEquals(1, left.size(), "what was started is not kept ready: " + left);
        assertTrue(left.getFirst().started());
        assertEquals(320, readOne(server.defaults(LIVE)).width());
    }

    @Test
    void aPathThatDoesNotAnswerHoldsUpNoOther() throws Exception {
        publish();
        readOne(JpegOptions.DEFAULT);
        PathName stuck = new PathName("mjpeg-stuck");
        paths.publish(stuck, new RecordingSource("camera", false), List.of());
        SlowReader slow = new SlowReader();
        Thread joining = Thread.ofVirtual().start(() -> paths.addReader(stuck, slow));
        slow.asked.await();
        var waiting = CompletableFuture.supplyAsync(() -> server.open(stuck, JpegOptions.DEFAULT));
        Await.until("somebody waits for the path", SOON, () -> Await.threadRuns("notecast-decode-" + stuck));
        server.open(LIVE, JpegOptions.DEFAULT).close();
        assertFalse(waiting.isDone(), "the others had to wait for a path that does not answer");
        slow.goOn.countDown();
        joining.join();
        waiting.get(10, TimeUnit.SECONDS).close();
        Await.until("its decoder ends", SOON, () -> !Await.threadRuns("notecast-decode-" + stuck));
    }

    /** Holds up its path until it may go on. */
    private static final class SlowReader extends RecordingReader {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void streamStarted(dev.notecast.media.stream.Stream stream) {
            asked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private JpegFrame readOne(JpegOptions options) {
        try (MjpegReader reader = server.open(LIVE, options)) {
            return reader.next(SOON).orElseThrow();
        }
    }

    @Test
    void aStartedPathIsReadyWithoutViewersAndUsesItsOptions() {
        publish();
        JpegOptions options = new JpegOptions(320, 60, 10);
        server.start(LIVE, options);
        assertEquals(options, server.defaults(LIVE));
        readOne(options); // once the decoder has its first picture
        assertTrue(Await.threadRuns("notecast-decode-" + LIVE), "the decoder ended with the viewer");
        long begin = System.nanoTime();
        readOne(options);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis < 500, "a picture of a started path took " + millis + " ms"); // a keyframe takes longer
        assertTrue(server.status().getFirst().started());
        assertEquals(Optional.of(0), server.stop(LIVE));
        assertEquals(Optional.empty(), server.stop(LIVE));
        assertEquals(JpegOptions.DEFAULT, server.defaults(LIVE));
        Await.until("decoding stops", SOON, () -> !Await.threadRuns("notecast-decode-" + LIVE));
    }

    @Test
    void stoppingTellsTheViewers() {
        publish();
        MjpegReader reader = server.open(LIVE, JpegOptions.DEFAULT);
        read(reader, 1);
        assertEquals(Optional.of(1), server.stop(LIVE));
        assertThrows(NoStreamException.class, () -> reader.next(SOON));
        reader.close();
        readOne(JpegOptions.DEFAULT); // a later viewer starts it again
    }

    @Test
    void nothingIsEncodedForViewersThatAreBusy() {
        publish();
        try (MjpegReader reader = server.open(LIVE, JpegOptions.DEFAULT)) {
            read(reader, 1);
            long before = decoders.decodedFrames(LIVE);
            Await.until("frames go by", SOON, () -> decoders.decodedFrames(LIVE) > before + 10);
            assertEquals(1, server.status().getFirst().sent(), "pictures nobody asked for were made");
            read(reader, 1);
            Await.until(
                    "what was skipped is counted",
                    SOON,
                    () -> server.status().getFirst().skipped() >= 10);
        }
    }

    @Test
    void refusesWhatItCannotServe() {
        assertThrows(NoStreamException.class, () -> server.open(LIVE, JpegOptions.DEFAULT));
        publish();
        assertThrows(IllegalArgumentException.class, () -> new JpegOptions(9, 80, 30));
        assertThrows(IllegalArgumentException.class, () -> new JpegOptions(0, 0, 30));
        assertThrows(IllegalArgumentException.class, () -> new JpegOptions(0, 80, 121));
    }
}
