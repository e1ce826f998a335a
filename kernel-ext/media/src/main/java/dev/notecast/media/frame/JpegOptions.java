package dev.notecast.media.frame;

/**
 * How a frame becomes a JPEG.
 *
 * @param width in pixels, 16..7680; 0 keeps the stream's own width; the height follows; pictures are never enlarged
 * @param quality 1..100
 * @param fps at most so many frames a second, 1..120
 */
public record JpegOptions(int width, int quality, int fps) {
    public static final JpegOptions DEFAULT = new JpegOptions(0, 85, 30);

    /** @throws IllegalArgumentException with a line for the user when a value is out of range */
    public JpegOptions {
        if (width != 0 && (width < 16 || width > 7680)) {
            throw new IllegalArgumentException("JPEG width " + width + " is not 0 or 16..7680");
        }
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + " is not 1..100");
        }
        if (fps < 1 || fps > 120) {
            throw new IllegalArgumentException("JPEG fps " + fps + " is not 1..120");
        }
    }
}
