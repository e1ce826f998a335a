package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * How a picture of any shape lies in a network's input: scaled by one factor until it fits, the rest filled with one
 * colour; and the way back for what the network has found.
 *
 * @param left of the picture in the network's input, in pixels, as {@code top}
 * @param width of the picture in the network's input, in pixels, as {@code height}
 */
record Letterbox(
        int frameWidth, int frameHeight, int netWidth, int netHeight, int left, int top, int width, int height) {
    /** In the upper left corner, the rest to the right or below. */
    static Letterbox inCorner(int frameWidth, int frameHeight, int netWidth, int netHeight) {
        double scale = scale(frameWidth, frameHeight, netWidth, netHeight);
        return new Letterbox(
                frameWidth,
                frameHeight,
                netWidth,
                netHeight,
                0,
                0,
                scaled(frameWidth, scale),
                scaled(frameHeight, scale));
    }

    /** In the middle; an odd rest has its pixel to the right or below. */
    static Letterbox inMiddle(int frameWidth, int frameHeight, int netWidth, int netHeight) {
        Letterbox corner = inCorner(frameWidth, frameHeight, netWidth, netHeight);
        return new Letterbox(
                frameWidth,
                frameHeight,
                netWidth,
                netHeight,
                (netWidth - corner.width) / 2,
                (netHeight - corner.height) / 2,
                corner.width,
                corner.height);
    }

    /** Over the whole input, each side by a factor of its own. */
    static Letterbox stretched(int frameWidth, int frameHeight, int netWidth, int netHeight) {
        return new Letterbox(frameWidth, frameHeight, netWidth, netHeight, 0, 0, netWidth, netHeight);
    }

    private static double scale(int frameWidth, int frameHeight, int netWidth, int netHeight) {
        return Math.min((double) netWidth / frameWidth, (double) netHeight / frameHeight);
    }

    private static int scaled(int length, double scale) {
        return Math.max(1, (int) (length * scale + 1e-9)); // what is whole but for rounding stays so
    }

    /** Draws a picture of the frame's size into one of the network's. */
    void draw(Mat frame, Mat input, Scalar around) {
        if (width != netWidth || height != netHeight) {
            input.put(around);
        }
        try (Rect place = new Rect(left, top, width, height);
                Mat inside = new Mat(input, place);
                Size size = new Size(width, height)) {
            resize(frame, inside, size, 0, 0, INTER_LINEAR);
        }
    }

    /** Where something in the network's input lies in the frame. */
    double frameX(double netX) {
        return (netX - left) * frameWidth / width;
    }

    double frameY(double netY) {
        return (netY - top) * frameHeight / height;
    }
}
