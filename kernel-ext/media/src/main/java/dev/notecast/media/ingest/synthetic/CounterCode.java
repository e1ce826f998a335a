package dev.notecast.media.ingest.synthetic;

import dev.notecast.media.frame.VideoFrame;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A frame counter that machines read out of the picture, after lossy codecs and scaling too.
 *
 * <p>Layout, in a picture of W x H pixels (integer division): a strip over the full width at the bottom, rows
 * {@code H - H/12} to {@code H - 1}, of 32 cells side by side; cell {@code i} has the columns {@code i*W/32} to
 * {@code (i+1)*W/32 - 1}. A white cell is 1, a black cell 0:
 *
 * <ul>
 *   <li>cells 0..3: the start marker 1 0 1 1;
 *   <li>cells 4..27: the counter, 24 bits, most significant first;
 *   <li>cells 28..31: the exclusive or of the counter's six nibbles and 1010, most significant bit first.
 * </ul>
 *
 * <p>To read it, take the mean brightness (0..255) of the middle of each cell, half its width and half its height.
 * Above 160 is 1, below 96 is 0, and anything between means that the picture is too damaged to trust; then compare
 * marker and checksum. Pictures from 160 x 90 up can be read.
 */
public final class CounterCode {
    /** The counter goes from 0 to this and begins again. */
    public static final int MAX = 0xFFFFFF;

    private static final int CELLS = 32;
    private static final int STRIP_DIVISOR = 12; // of the picture's height
    private static final int MARKER = 0b1011;
    private static final int CHECK_SEED = 0b1010; // so that no plain black or white strip is a counter
    private static final int BLACK_BELOW = 96;
    private static final int WHITE_ABOVE = 160;
    private static final byte LUMA_BLACK = 16; // BT.601 limited range
    private static final byte LUMA_WHITE = (byte) 235;
    private static final byte NO_COLOUR = (byte) 128;
    private static final int MIN_WIDTH = 160;
    private static final int MIN_HEIGHT = 90;

    private CounterCode() {}

    /** Draws the strip into a picture that nobody shares; only the low 24 bits of the counter count. */
    public static void draw(VideoFrame frame, int counter) {
        int code = encode(counter & MAX);
        switch (frame.format()) {
            case I420 -> drawI420(frame, code);
            case BGR -> drawRows(frame, code, 3, (byte) 0, (byte) 255);
        }
    }

    private static void drawI420(VideoFrame frame, int code) {
        drawRows(frame, code, 1, LUMA_BLACK, LUMA_WHITE);
        int width = frame.width() / 2;
        int height = frame.height() / 2;
        int top = (frame.height() - frame.height() / STRIP_DIVISOR + 1) / 2;
        byte[] grey = new byte[(height - top) * width];
        Arrays.fill(grey, NO_COLOUR);
        int u = frame.width() * frame.height();
        ByteBuffer pixels = frame.pixels();
        pixels.put(u + top * width, grey);
        pixels.put(u + width * height + top * width, grey);
    }

    private static void drawRows(VideoFrame frame, int code, int bytesPerPixel, byte black, byte white) {
        int width = frame.width();
        byte[] row = new byte[width * bytesPerPixel];
        for (int cell = 0; cell < CELLS; cell++) {
            boolean one = (code >>> (CELLS - 1 - cell) & 1) == 1;
            int from = cell * width / CELLS * bytesPerPixel;
            Arrays.fill(row, from, (cell + 1) * width / CELLS * bytesPerPixel, one ? white : black);
        }
        ByteBuffer pixels = frame.pixels();
        for (int y = frame.height() - frame.height() / STRIP_DIVISOR; y < frame.height(); y++) {
            pixels.put(y * row.length, row);
        }
    }

    /** Reads the counter; empty when there is none or the picture is too damaged. */
    public static OptionalInt read(VideoFrame frame) {
        ByteBuffer pixels = frame.pixels();
        int width = frame.width();
        return switch (frame.format()) {
            case I420 -> read(width, frame.height(), (x, y) -> limitedRange(pixels.get(y * width + x) & 0xFF));
            case BGR -> read(width, frame.height(), (x, y) -> pixels.get(3 * (y * width + x) + 1) & 0xFF);
        };
    }

    /** Reads the counter from an image such as a decoded JPEG; empty when there is none. */
    public static OptionalInt read(BufferedImage image) {
        return read(image.getWidth(), image.getHeight(), (x, y) -> image.getRGB(x, y) >> 8 & 0xFF);
    }

    /** Reads the counter from rows of full-range brightness bytes (ffmpeg's {@code gray}); empty when there is none. */
    public static OptionalInt readGray(byte[] gray, int width, int height) {
        return gray.length < width * height
                ? OptionalInt.empty()
                : read(width, height, (x, y) -> gray[y * width + x] & 0xFF);
    }

    /** Brightness 0..255 at a pixel; green does for a strip of black and white. */
    private interface Brightness {
        int at(int x, int y);
    }

    private static OptionalInt read(int width, int height, Brightness brightness) {
        if (width < MIN_WIDTH || height < MIN_HEIGHT) {
            return OptionalInt.empty();
        }
        int strip = height / STRIP_DIVISOR;
        int top = height - strip + strip / 4;
        int code = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            int cellLeft = cell * width / CELLS;
            int cellWidth = (cell + 1) * width / CELLS - cellLeft;
            int mean = mean(brightness, cellLeft + cellWidth / 4, top, Math.max(1, cellWidth / 2), strip / 2);
            if (mean >= BLACK_BELOW && mean <= WHITE_ABOVE) {
                return OptionalInt.empty();
            }
            code = code << 1 | (mean > WHITE_ABOVE ? 1 : 0);
        }
        int counter = code >>> 4 & MAX;
        return code == encode(counter) ? OptionalInt.of(counter) : OptionalInt.empty();
    }

    private static int mean(Brightness brightness, int left, int top, int width, int height) {
        int sum = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                sum += brightness.at(x, y);
            }
        }
        return sum / (width * height);
    }

    private static int encode(int counter) {
        int check = CHECK_SEED;
        for (int shift = 0; shift < 24; shift += 4) {
            check ^= counter >> shift & 0xF;
        }
        return MARKER << 28 | counter << 4 | check;
    }

    private static int limitedRange(int luma) {
        return Math.clamp((luma - 16) * 255L / 219, 0, 255);
    }
}
