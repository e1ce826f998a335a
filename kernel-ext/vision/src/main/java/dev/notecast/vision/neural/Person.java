package dev.notecast.vision.neural;

import dev.notecast.vision.filter.Detection;
import java.util.Optional;

/**
 * Somebody's joints, in pixels of the frame.
 *
 * @param visible whether the network sees it, for each joint
 */
record Person(float[] x, float[] y, boolean[] visible, double score) {
    /** The box around the joints that are seen, cut where the frame ends; empty when there are none in it. */
    Optional<Detection> box(int frameWidth, int frameHeight) {
        double left = frameWidth;
        double top = frameHeight;
        double right = 0;
        double bottom = 0;
        for (int i = 0; i < x.length; i++) {
            if (visible[i]) {
                left = Math.max(0, Math.min(left, x[i]));
                top = Math.max(0, Math.min(top, y[i]));
                right = Math.min(frameWidth, Math.max(right, x[i]));
                bottom = Math.min(frameHeight, Math.max(bottom, y[i]));
            }
        }
        int width = (int) Math.round(right - left);
        int height = (int) Math.round(bottom - top);
        return width > 0 && height > 0
                ? Optional.of(
                        new Detection("person", (int) Math.round(left), (int) Math.round(top), width, height, score))
                : Optional.empty();
    }
}
