package dev.notecast.media.frame;

/**
 * How a frame becomes a JPEG.
 *
 * @param width in pixels, 16..7680; 0 keeps the stream's own width; the height follows
 * @param quality 1..100
 * @param fps at most so many frames a second, 1..120
 */
public record JpegOptions(int width, int quality, int fps) {
    public static final JpegOptions DEFAULT = new JpegOptions(0, 85, 30);
}
