package dev.notecast.e2e;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.CounterCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A clip for Chromium's fake camera: JPEG pictures one after the other, played at 30 per second and again from the start
 * at its end. Picture {@code n} carries the counter {@code n} and a bar that moves, so that encoders have work to do.
 */
public final class CounterClip {
    /** Frames before the counter begins again; far more than any gap a test could overlook. */
    public static final int FRAMES = 600;

    public static final int FPS = 30;
    public static final int WIDTH = 640;
    public static final int HEIGHT = 360;

    private CounterClip() {}

    public static Path write(Path folder) {
        Path file = folder.resolve("counter.mjpeg");
        FramePool pool = new FramePool(1);
        ImageIO.setUseCache(false);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int counter = 0; counter < FRAMES; counter++) {
                BufferedImage picture = background(counter);
                drawCounter(pool, picture, counter);
                ImageIO.write(picture, "jpg", out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    private static BufferedImage background(int counter) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(Color.HSBtoRGB(counter / (float) FRAMES, 0.5f, 0.6f)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillRect(counter * 8 % WIDTH, 40, 60, 200);
        graphics.dispose();
        return image;
    }

    /** The product's own drawing, on a frame with the picture's pixels. */
    private static void drawCounter(FramePool pool, BufferedImage picture, int counter) {
        byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        FrameTimes now = FrameTimes.arrived(System.nanoTime());
        try (VideoFrame frame = pool.acquire(PixelFormat.BGR, WIDTH, HEIGHT, counter + 1, now)) {
            frame.pixels().put(pixels);
            CounterCode.draw(frame, counter);
            frame.pixels().get(pixels);
        }
    }
}
