package dev.notecast.media.ingest.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.RecordingReader;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PicturesToStreamTest {
    private static final PathName LIVE = new PathName("live");
    private static final Track VIDEO = new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of());
    private static final int TOO_WIDE_FOR_VP8 = 16_400;

    @Test
    void anEncoderThatDoesNotOpenIsNotTriedForEveryPicture() {
        Natives.load();
        FramePool pool = new FramePool(4);
        PathManager paths = new PathManager();
        Stream stream = paths.publish(LIVE, new RecordingSource("camera", false), List.of(VIDEO));
        paths.addReader(LIVE, new RecordingReader());
        try (PicturesToStream pictures = new PicturesToStream("live", stream, VIDEO)) {
            long before = threadsStarted();
            for (int number = 1; number <= 30; number++) {
                FrameTimes times = FrameTimes.arrived(System.nanoTime());
                pictures.put(pool.acquire(PixelFormat.I420, TOO_WIDE_FOR_VP8, 16, number, times));
                Await.until("the encoder's thread ends", () -> !Await.threadRuns("notecast-encode-"));
            }
            long started = threadsStarted() - before;
            assertTrue(started < 15, started + " threads were started for 30 pictures");
            assertEquals(0, stream.packets());
        } finally {
            paths.close();
        }
    }

    private static long threadsStarted() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
    }
}
