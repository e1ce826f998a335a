package dev.notecast.bench;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEGs as a camera makes them: 720p, quality 80, some noise, about 130 KB. */
final class JpegFiles {
    private static final int NOISE = 12;

    private JpegFiles() {}

    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }

    static void write(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            write(picture(i, random), folder.resolve(i + ".jpg"));
        }
    }

    private static BufferedImage picture(int index, Random random) {
        BufferedImage picture = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setPaint(new GradientPaint(0, 0, Color.DARK_GRAY, 1280, 720, Color.ORANGE));
        g.fillRect(0, 0, 1280, 720);
        g.setColor(Color.CYAN);
        g.fillOval(100 + 40 * index, 200, 300, 300);
        g.dispose();
        for (int y = 0; y < 720; y++) {
            for (int x = 0; x < 1280; x++) {
                Color c = new Color(picture.getRGB(x, y));
                int noise = random.nextInt(2 * NOISE + 1) - NOISE;
                picture.setRGB(
                        x,
                        y,
                        new Color(add(c.getRed(), noise), add(c.getGreen(), noise), add(c.getBlue(), noise)).getRGB());
            }
        }
        return picture;
    }

    private static int add(int value, int noise) {
        return Math.clamp(value + noise, 0, 255);
    }

    private static void write(BufferedImage picture, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.8f);
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
