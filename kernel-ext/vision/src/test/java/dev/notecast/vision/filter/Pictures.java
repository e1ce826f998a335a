package dev.notecast.vision.filter;

import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import java.nio.ByteBuffer;
import java.util.Random;

/** Pictures for filters, and what comes out of them, as plain bytes: blue, green, red. */
public final class Pictures {
    private static final FramePool POOL = new FramePool(2);

    private Pictures() {}

    /** The same noise for the same seed. */
    public static byte[] noise(int width, int height, long seed) {
        byte[] pixels = new byte[3 * width * height];
        new Random(seed).nextBytes(pixels);
        return pixels;
    }

    public static BgrFrame frame(int width, int height, byte[] pixels) {
        Natives.load();
        VideoFrame frame = POOL.acquire(PixelFormat.BGR, width, height, 1, FrameTimes.arrived(System.nanoTime()));
        frame.pixels().put(pixels);
        return new BgrFrame(frame);
    }

    /** What a line of filters makes of a picture. */
    public static byte[] filtered(String filters, int width, int height, byte[] pixels) {
        try (FilterChain chain = FilterChain.parse(filters)) {
            BgrFrame current = frame(width, height, pixels);
            for (FilterChain.Step step : chain.steps()) {
                current = step.filter().apply(current);
            }
            return bytes(current);
        }
    }

    public static byte[] bytes(BgrFrame frame) {
        try (VideoFrame taken = frame.take()) {
            ByteBuffer pixels = taken.pixels();
            byte[] bytes = new byte[pixels.remaining()];
            pixels.get(bytes);
            return bytes;
        }
    }
}
