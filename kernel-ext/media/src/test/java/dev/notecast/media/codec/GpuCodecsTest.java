package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.EncodedFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens without a GPU; with one, the tests of encoders and decoders run on it. */
class GpuCodecsTest {
    private final FramePool pool = new FramePool(1);

    @BeforeEach
    void thereIsNone() {
        assumeFalse(Files.exists(Path.of("/proc/driver/nvidia")), "there is a GPU");
        Natives.load();
    }

    @Test
    void cudaIsNotThereAndPicturesAreEncodedAsVp8() {
        assertTrue(Cuda.open().isEmpty());
        assertEquals(Codec.VP8, VideoEncoder.leastEffort());
    }

    @Test
    void theCpuEncodesWhereNvencDoesNotOpen() {
        VideoSettings settings = new VideoSettings(Codec.H264, 320, 180, 30, 300_000, 30);
        try (VideoEncoder encoder = new VideoEncoder(settings, () -> true);
                VideoFrame picture = pool.acquire(PixelFormat.I420, 320, 180, 1, FrameTimes.arrived(1))) {
            EncodedFrame encoded = encoder.encode(picture, 0, true).orElseThrow();
            assertTrue(encoded.keyframe());
        }
    }
}
