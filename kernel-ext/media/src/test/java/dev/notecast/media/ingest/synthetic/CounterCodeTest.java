package dev.notecast.media.ingest.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.codec.JpegEncoder;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterCodeTest {
    private final FramePool pool = new FramePool(1);

    private VideoFrame frame(PixelFormat format, int width, int height) {
        return pool.acquire(format, width, height, 1, FrameTimes.arrived(1));
    }

    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void readsWhatItDrew(PixelFormat format) {
        for (int[] size : new int[][] {{160, 90}, {320, 180}, {640, 480}, {854, 480}, {1280, 720}, {360, 640}}) {
            try (VideoFrame frame = frame(format, size[0], size[1])) {
                for (int counter : new int[] {0, 1, 0x555555, 0xAAAAAA, 123_456, CounterCode.MAX}) {
                    CounterCode.draw(frame, counter);
                    assertEquals(OptionalInt.of(counter), CounterCode.read(frame), size[0] + "x" + size[1]);
                }
            }
        }
    }

    @Test
    void beginsAgainAfterTheHighest() {
        try (VideoFrame frame = frame(PixelFormat.I420, 320, 180)) {
            CounterCode.draw(frame, CounterCode.MAX + 6);
            assertEquals(OptionalInt.of(5), CounterCode.read(frame));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {160, 200, 321, 640, 1000})
    void survivesScalingAndCoarseJpeg(int width) throws IOException {
        try (TestPicture picture = new TestPicture(1280, 720, 30, "test");
                VideoFrame frame = frame(PixelFormat.I420, 1280, 720)) {
            picture.draw(frame, 0xC0FFEE, java.time.LocalTime.NOON);
            byte[] jpeg = JpegEncoder.encode(frame, width, 20).data();
            var image = ImageIO.read(new ByteArrayInputStream(jpeg));
            assertEquals(OptionalInt.of(0xC0FFEE), CounterCode.read(image));
        }
    }

    @Test
    void readsRowsOfGrey() {
        byte[] grey = new byte[320 * 180];
        try (VideoFrame frame = frame(PixelFormat.BGR, 320, 180)) {
            CounterCode.draw(frame, 4711);
            ByteBuffer pixels = frame.pixels();
            for (int i = 0; i < grey.length; i++) {
                grey[i] = pixels.get(3 * i);
            }
        }
        assertEquals(OptionalInt.of(4711), CounterCode.readGray(grey, 320, 180));
        assertTrue(CounterCode.readGray(new byte[10], 320, 180).isEmpty(), "too few bytes for the size");
    }

    @Test
    void findsNothingInPicturesWithoutACounter() {
        byte[] grey = new byte[320 * 180];
        Random random = new Random(1);
        for (int fill : new int[] {0, 128, 255}) {
            java.util.Arrays.fill(grey, (byte) fill);
            assertTrue(CounterCode.readGray(grey, 320, 180).isEmpty(), "read a counter from plain grey " + fill);
        }
        random.nextBytes(grey);
        assertTrue(CounterCode.readGray(grey, 320, 180).isEmpty(), "read a counter from noise");
        assertTrue(CounterCode.readGray(grey, 80, 45).isEmpty(), "read a counter from a tiny picture");
    }

    @Test
    void refusesOneFlippedCell() {
        try (VideoFrame frame = frame(PixelFormat.BGR, 320, 180)) {
            for (int cell = 0; cell < 32; cell++) {
                CounterCode.draw(frame, 77);
                invert(frame.pixels(), cell * 10);
                assertTrue(CounterCode.read(frame).isEmpty(), "trusted a flipped cell " + cell);
            }
        }
    }

    private static void invert(ByteBuffer bgr, int left) {
        for (int y = 165; y < 180; y++) {
            for (int i = 3 * (y * 320 + left); i < 3 * (y * 320 + left + 10); i++) {
                bgr.put(i, (byte) ~bgr.get(i));
            }
        }
    }
}
