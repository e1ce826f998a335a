package dev.notecast.vision.filter;

/**
 * Something that a filter has found in a picture.
 *
 * @param label such as {@code face}
 * @param x of the left edge of its box, in pixels of the picture as it left the filters
 * @param y of the upper edge
 * @param score the filter's own measure of how sure it is, higher is surer; 1 where it has none
 */
public record Detection(String label, int x, int y, int width, int height, double score) {
    /** As a mirror sees it. */
    Detection mirrored(int pictureWidth) {
        return new Detection(label, pictureWidth - x - width, y, width, height, score);
    }
}
