package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.LatestFrame;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.CounterCode;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PathDecodersTest {
    private static final PathName CAM = new PathName("decoders-cam");
    private static final String THREAD = "notecast-decode-" + CAM;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final TestOptions VP8 = new TestOptions(Codec.VP8, 320, 180, 30, 300_000);
    private static final TestOptions H264 = new TestOptions(Codec.H264, 640, 360, 30, 600_000);

    private final PathManager paths = new PathManager();
    private final PathDecoders decoders = new PathDecoders(paths);

    @AfterEach
    void close() {
        decoders.close();
        paths.close();
        Await.until("the decoder's thread ends", SOON, () -> !Await.threadRuns(THREAD));
    }

    private static VideoFrame next(PixelSubscription pixels, long seen) throws InterruptedException {
        return pixels.frames()
                .next(seen, System.nanoTime() + SOON.toNanos())
                .orElseThrow(() -> new AssertionError("no picture within " + SOON.toSeconds() + " s"));
    }

    @Test
    void decodesOnlyWhileSomebodyNeedsPixels() throws InterruptedException {
        TestSource.start(paths, CAM, VP8);
        assertFalse(Await.threadRuns(THREAD), "a decoder runs and nobody needs pixels");
        assertEquals(0, decoders.decodedFrames(CAM));
        PixelSubscription first = decoders.subscribe(CAM);
        PixelSubscription second = decoders.subscribe(CAM);
        next(first, 0).close();
        next(second, 0).close();
        assertTrue(decoders.decodedFrames(CAM) > 0);
        assertEquals(1, paths.list().getFirst().readers().size(), "one decoder for both");
        first.close();
        first.close();
        long number;
        try (VideoFrame frame = next(second, 0)) {
            number = frame.number();
        }
        next(second, number).close();
        second.close();
        Await.until("the decoder's thread ends", SOON, () -> !Await.threadRuns(THREAD));
        Await.until(
                "the decoder leaves the path",
                SOON,
                () -> paths.list().getFirst().readers().isEmpty());
        assertTrue(decoders.decodedFrames(CAM) > 0, "the count stays as long as the stream");
    }

    @Test
    void aDecoderThatFailsEndsItsViewersInsteadOfLettingThemWait() {
        TestSource.start(paths, CAM, VP8);
        LatestFrame slot = new LatestFrame();
        PathDecoder decoder = new PathDecoder(CAM, stream -> new LongAdder() {
            private static final long serialVersionUID = 1;

            @Override
            public void increment() {
                throw new IllegalStateException("thrown by a test");
            }
        });
        decoder.addSlot(slot);
        paths.addReader(CAM, decoder);
        Await.until("the decoder to end", SOON, decoder::ended);
        Await.until("its thread to end", SOON, () -> !Await.threadRuns(THREAD));
    }

    @Test
    void aLateSubscriberGetsAKeyframeSoon() throws InterruptedException {
        TestSource.start(paths, CAM, VP8); // its next keyframe by itself comes after 10 s
        var stream = paths.stream(CAM).orElseThrow();
        Await.until("a second of pictures", SOON, () -> stream.packets() > 60);
        long before = System.nanoTime();
        try (PixelSubscription pixels = decoders.subscribe(CAM);
                VideoFrame frame = next(pixels, 0)) {
            assertTrue(CounterCode.read(frame).getAsInt() > 5);
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis < 3000, "the first picture took " + millis + " ms");
        }
    }

    @Test
    void picturesCarryTheirTimesInOrder() throws InterruptedException {
        TestSource.start(paths, CAM, VP8);
        try (PixelSubscription pixels = decoders.subscribe(CAM);
                VideoFrame frame = next(pixels, 0)) {
            FrameTimes times = frame.times();
            assertTrue(times.arrivalNanos() <= times.assembledNanos(), times.toString());
            assertTrue(times.assembledNanos() < times.decodedNanos(), times.toString());
            assertTrue(times.decodedNanos() <= System.nanoTime(), times.toString());
        }
    }

    @Test
    void outlivesItsPublisherAndTakesAnotherCodecAndSize() throws InterruptedException {
        TestSource first = TestSource.start(paths, CAM, VP8);
        try (PixelSubscription pixels = decoders.subscribe(CAM)) {
            long seen;
            try (VideoFrame frame = next(pixels, 0)) {
                assertEquals(320, frame.width());
                seen = frame.number();
            }
            first.close();
            Await.until("the stream ends", SOON, () -> paths.stream(CAM).isEmpty());
            assertThrows(NoStreamException.class, () -> decoders.subscribe(CAM));
            TestSource.start(paths, CAM, H264);
            for (int width = 320; width != 640; ) {
                try (VideoFrame frame = next(pixels, seen)) {
                    width = frame.width();
                    seen = frame.number();
                }
            }
        }
    }

    @Test
    void theEndOfThePathEndsTheSubscription() throws InterruptedException {
        TestSource.start(paths, CAM, VP8);
        PixelSubscription pixels = decoders.subscribe(CAM);
        next(pixels, 0).close();
        paths.close();
        Await.until("the subscription ends", SOON, pixels::ended);
        pixels.close();
    }

    @Test
    void nobodyPublishesNobodySubscribes() {
        assertThrows(NoStreamException.class, () -> decoders.subscribe(CAM));
        decoders.close();
        assertThrows(CodecException.class, () -> decoders.subscribe(CAM));
    }
}
