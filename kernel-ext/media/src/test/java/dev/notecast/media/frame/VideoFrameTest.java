package dev.notecast.media.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VideoFrameTest {
    private final FramePool pool = new FramePool(2);

    private VideoFrame frame(int width, int height) {
        return pool.acquire(PixelFormat.I420, width, height, 1, FrameTimes.arrived(7));
    }

    @Test
    void reusesTheMemoryOfClosedFrames() {
        for (int i = 0; i < 100; i++) {
            frame(320, 180).close();
        }
        assertEquals(1, pool.allocated(), "100 frames, one after the other, need one buffer");
    }

    @Test
    void keepsTheMemoryUntilTheLastReferenceIsClosed() {
        VideoFrame first = frame(320, 180);
        first.retain().close();
        assertEquals(320 * 180 * 3 / 2, first.pixels().remaining());
        frame(320, 180).close();
        assertEquals(2, pool.allocated(), "a retained frame's memory was given to another frame");
        first.close();
    }

    @Test
    void letsGoOfBuffersOfAnotherSize() {
        frame(320, 180).close();
        VideoFrame larger = frame(640, 360);
        assertEquals(640 * 360 * 3 / 2, larger.pixels().capacity());
        larger.close();
    }

    @Test
    void refusesUseAfterTheEnd() {
        VideoFrame frame = frame(320, 180);
        frame.close();
        assertThrows(IllegalStateException.class, frame::pixels);
        assertThrows(IllegalStateException.class, frame::retain);
        assertThrows(IllegalStateException.class, frame::close);
    }

    @Test
    void refusesOddSizesInI420() {
        assertThrows(IllegalArgumentException.class, () -> frame(321, 180));
        pool.acquire(PixelFormat.BGR, 321, 181, 1, FrameTimes.arrived(7)).close();
    }
}
