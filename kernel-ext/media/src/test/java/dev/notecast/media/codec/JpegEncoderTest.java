package dev.notecast.media.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.TestPicture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalTime;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
    private final FramePool pool = new FramePool(1);
    private final VideoFrame frame = pool.acquire(PixelFormat.I420, 640, 360, 1, FrameTimes.arrived(1));

    JpegEncoderTest() {
        try (TestPicture picture = new TestPicture(640, 360, 30, "test")) {
            picture.draw(frame, 1, LocalTime.NOON);
        }
    }

    @AfterEach
    void close() {
        frame.close();
    }

    @Test
    void keepsOrReducesTheSizeButNeverEnlarges() throws IOException {
        for (int[] widths : new int[][] {{0, 640, 360}, {320, 320, 180}, {333, 333, 187}, {4000, 640, 360}}) {
            JpegImage image = JpegEncoder.encode(frame, widths[0], 80);
            var decoded = ImageIO.read(new ByteArrayInputStream(image.data()));
            assertEquals(widths[1], decoded.getWidth(), "width asked for: " + widths[0]);
            assertEquals(widths[2], decoded.getHeight());
            assertEquals(widths[1], image.width());
            assertEquals(widths[2], image.height());
        }
    }

    @Test
    void keepsColours() throws IOException {
        var image = ImageIO.read(
                new ByteArrayInputStream(JpegEncoder.encode(frame, 0, 95).data()));
        assertEquals(0xBF0000, image.getRGB(480, 100) & 0xF0F0F0 | 0x0F0000, "the red bar, give or take 15");
    }

    @Test
    void isLargerInBetterQuality() {
        int coarse = JpegEncoder.encode(frame, 0, 20).data().length;
        int usual = JpegEncoder.encode(frame, 0, 85).data().length;
        int fine = JpegEncoder.encode(frame, 0, 98).data().length;
        assertTrue(coarse < usual && usual < fine, coarse + " < " + usual + " < " + fine);
    }

    @Test
    void encodesBgrToo() throws IOException {
        try (VideoFrame bgr = pool.acquire(PixelFormat.BGR, 33, 17, 1, FrameTimes.arrived(1))) {
            bgr.pixels().put(new byte[33 * 17 * 3]);
            var image = ImageIO.read(
                    new ByteArrayInputStream(JpegEncoder.encode(bgr, 0, 90).data()));
            assertEquals(33, image.getWidth());
            assertEquals(17, image.getHeight());
        }
    }

    @Test
    void stampsItsStages() {
        FrameTimes times = JpegEncoder.encode(frame, 0, 80).times();
        assertTrue(times.convertedNanos() != 0 && times.encodedNanos() - times.convertedNanos() > 0, times.toString());
    }
}
