package dev.notecast.vision.neural;

import dev.notecast.vision.filter.Detection;
import java.util.Optional;

/**
 * Something that a network has found, in pixels of its input.
 *
 * @param kind the class's number
 */
record Box(float left, float top, float right, float bottom, float score, int kind) {
    static Box around(float centreX, float centreY, float width, float height, float score, int kind) {
        return new Box(
                centreX - width / 2, centreY - height / 2, centreX + width / 2, centreY + height / 2, score, kind);
    }

    /** The area of both over the area of either, 0 where they do not touch. */
    double overlap(Box other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (!(width > 0 && height > 0)) {
            return 0;
        }
        double both = width * height;
        return both / (area() + other.area() - both);
    }

    private double area() {
        return (double) (right - left) * (bottom - top);
    }

    /** In whole pixels of the frame, cut where the frame ends; empty when nothing is left, or it is no box at all. */
    Optional<Detection> inFrame(Letterbox letterbox, String label) {
        int x1 = pixel(letterbox.frameX(left), letterbox.frameWidth());
        int y1 = pixel(letterbox.frameY(top), letterbox.frameHeight());
        int x2 = pixel(letterbox.frameX(right), letterbox.frameWidth());
        int y2 = pixel(letterbox.frameY(bottom), letterbox.frameHeight());
        return x2 > x1 && y2 > y1
                ? Optional.of(new Detection(label, x1, y1, x2 - x1, y2 - y1, score))
                : Optional.empty();
    }

    private static int pixel(double position, int length) {
        return (int) Math.max(0, Math.min(length, Math.round(position)));
    }
}
