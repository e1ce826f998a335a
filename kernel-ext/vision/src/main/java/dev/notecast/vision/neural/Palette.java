package dev.notecast.vision.neural;

import org.bytedeco.opencv.opencv_core.Scalar;

/** Bright colours that differ from number to number. */
final class Palette {
    private static final double GOLDEN = 0.618033988749895; // steps of this share of a circle never come close soon
    private static final double SATURATION = 0.65;
    private static final double BRIGHTNESS = 0.95;

    private Palette() {}

    /** Blue, green and red. */
    static int[] bgr(int number) {
        double turns = number * GOLDEN;
        double sixths = 6 * (turns - Math.floor(turns));
        return new int[] {part(1, sixths), part(3, sixths), part(5, sixths)};
    }

    /** One colour of a hue (HSV), where red begins at 5, green at 3 and blue at 1. */
    private static int part(int begin, double sixths) {
        double at = (begin + sixths) % 6;
        double away = Math.max(0, Math.min(1, Math.min(at, 4 - at)));
        return (int) Math.round(255 * BRIGHTNESS * (1 - SATURATION * away));
    }

    static Scalar of(int number) {
        int[] bgr = bgr(number);
        return new Scalar(bgr[0], bgr[1], bgr[2], 0);
    }
}
