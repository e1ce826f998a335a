package dev.notecast.vision.neural;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Makes a network's numbers from pixels: the order of the colours, where each lies, and what is done to a byte.
 *
 * @param rgb whether red comes first, otherwise blue
 * @param planar whether a colour's numbers lie together (NCHW), otherwise a pixel's (NHWC)
 * @param factor for each colour in the network's order, and {@code offset}: number = pixel * factor + offset
 */
record Normalization(boolean rgb, boolean planar, float[] factor, float[] offset) {
    private static final int COLOURS = 3;

    /** Bytes as they are, 0 to 255. */
    static Normalization bytes(boolean rgb) {
        return new Normalization(rgb, true, new float[] {1, 1, 1}, new float[3]);
    }

    /** Red first, 0 to 1. */
    static Normalization unit(boolean planar) {
        float one = 1 / 255f;
        return new Normalization(true, planar, new float[] {one, one, one}, new float[3]);
    }

    /** Red first, 0 to 1, then the mean taken away and divided by the deviation of each colour. */
    static Normalization normal(float[] mean, float[] deviation) {
        float[] factor = new float[COLOURS];
        float[] offset = new float[COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            factor[i] = 1 / (255 * deviation[i]);
            offset[i] = -mean[i] / deviation[i];
        }
        return new Normalization(true, true, factor, offset);
    }

    /**
     * @param picture BGR, rows without gaps
     * @param bytes room for the picture, of 3 bytes a pixel
     * @param to as many numbers
     */
    void fill(Mat picture, byte[] bytes, float[] to) {
        try (BytePointer data = picture.data()) {
            data.get(bytes);
        }
        int pixels = bytes.length / COLOURS;
        for (int colour = 0; colour < COLOURS; colour++) {
            float times = factor[colour];
            float plus = offset[colour];
            int from = rgb ? COLOURS - 1 - colour : colour;
            int at = planar ? colour * pixels : colour;
            int step = planar ? 1 : COLOURS;
            for (int i = 0; i < pixels; i++) {
                to[at] = (bytes[from] & 0xFF) * times + plus;
                from += COLOURS;
                at += step;
            }
        }
    }
}
