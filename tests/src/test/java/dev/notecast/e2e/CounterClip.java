package dev.notecast.e2e;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.CounterCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A clip for Chromium's fake camera, raw pictures in a YUV4MPEG2 file, played again from the start at its end. Picture
 * {@code n} carries the counter {@code n} and a bar that moves, so that encoders have work to do. Few and small pictures:
 * a busy machine makes Chromium drop camera frames before they are sent, and those are not what a test is about.
 */
public final class CounterClip {
    /** Frames before the counter begins again; far more than any gap a test could overlook. */
    public static final int FRAMES = 600;

    public static final int FPS = 15;
    public static final int WIDTH = 320;
    public static final int HEIGHT = 180;

    private static final int PIXELS = WIDTH * HEIGHT;
    private static final int BAR_WIDTH = 40;
    private static final byte BACKGROUND = 90;
    private static final byte BAR = 40;

    private CounterClip() {}

    /** The clip, which is drawn once for all classes; nobody changes it. */
    public static Path file() {
        return Drawn.FILE;
    }

    private static final class Drawn {
        static final Path FILE = draw();
    }

    private static Path draw() {
        FramePool pool = new FramePool(1);
        try {
            Path file = Files.createTempDirectory("notecast-clip").resolve("counter.y4m");
            file.getParent().toFile().deleteOnExit();
            file.toFile().deleteOnExit(); // before its folder
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                out.write(ascii("YUV4MPEG2 W" + WIDTH + " H" + HEIGHT + " F" + FPS + ":1 Ip A1:1 C420\n"));
                for (int counter = 0; counter < FRAMES; counter++) {
                    out.write(ascii("FRAME\n"));
                    out.write(picture(pool, counter));
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the clip", e);
        }
    }

    /** One of its pictures, in I420. */
    static byte[] picture(FramePool pool, int counter) {
        byte[] i420 = new byte[PIXELS * 3 / 2];
        Arrays.fill(i420, 0, PIXELS, BACKGROUND);
        int left = counter * 4 % (WIDTH - BAR_WIDTH);
        for (int y = 20; y < 120; y++) {
            Arrays.fill(i420, y * WIDTH + left, y * WIDTH + left + BAR_WIDTH, BAR);
        }
        Arrays.fill(i420, PIXELS, i420.length, (byte) (64 + counter * 128 / FRAMES)); // a colour that changes slowly
        FrameTimes now = FrameTimes.arrived(System.nanoTime());
        try (VideoFrame frame = pool.acquire(PixelFormat.I420, WIDTH, HEIGHT, counter + 1, now)) {
            frame.pixels().put(i420);
            CounterCode.draw(frame, counter); // the product's own drawing
            frame.pixels().get(i420);
        }
        return i420;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
