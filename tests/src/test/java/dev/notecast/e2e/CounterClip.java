package dev.notecast.e2e;

import dev.notecast.media.ingest.synthetic.CounterCode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
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
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.setUseCache(false);
            for (int counter = 0; counter < FRAMES; counter++) {
                ImageIO.write(picture(counter), "jpg", out);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    private static BufferedImage picture(int counter) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(Color.HSBtoRGB(counter / (float) FRAMES, 0.5f, 0.6f)));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillRect(counter * 8 % WIDTH, 40, 60, 200);
        CounterCode.draw(graphics, WIDTH, HEIGHT, counter);
        graphics.dispose();
        return image;
    }
}
