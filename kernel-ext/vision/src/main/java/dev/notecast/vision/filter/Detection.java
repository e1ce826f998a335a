package dev.notecast.vision.filter;

import java.time.Instant;

/**
 * Something that was found in a picture.
 *
 * @param label such as {@code face}
 * @param x of the left edge of its box, in pixels of the picture as it left the filters
 * @param y of the upper edge
 * @param score the finder's own measure of how sure it is, higher is surer; 1 where it has none
 * @param time when the picture came in; {@link Instant#EPOCH} while it is still on its way through the filters
 */
public record Detection(String label, int x, int y, int width, int height, double score, Instant time) {
    /** As a filter finds it. */
    public Detection(String label, int x, int y, int width, int height, double score) {
        this(label, x, y, width, height, score, Instant.EPOCH);
    }

    /** The same, said to be of a picture that came in then. */
    public Detection at(Instant arrival) {
        return new Detection(label, x, y, width, height, score, arrival);
    }

    /** In the same picture of another size. */
    public Detection scaled(double horizontally, double vertically) {
        return new Detection(
                label,
                (int) Math.round(x * horizontally),
                (int) Math.round(y * vertically),
                (int) Math.round(width * horizontally),
                (int) Math.round(height * vertically),
                score,
                time);
    }

    /** As a mirror sees it. */
    Detection mirrored(int pictureWidth) {
        return new Detection(label, pictureWidth - x - width, y, width, height, score, time);
    }
}
