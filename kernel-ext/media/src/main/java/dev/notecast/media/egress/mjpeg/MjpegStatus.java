package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;

/**
 * One encoding of a path as tables show it.
 *
 * @param options its width, quality, and the rate it was started with or the default
 * @param started whether it is kept ready without viewers
 * @param width of its pictures in pixels, 0 before the first
 * @param viewers who take its pictures now
 * @param fpsIn pictures a second that the path had, over the last seconds; 0 when none was wanted
 * @param fpsOut pictures a second that were encoded
 * @param encodeMillis of the last encoding
 * @param sent pictures to all viewers since it began
 * @param skipped pictures that a viewer did not get, for its rate or because it was still busy with another
 */
public record MjpegStatus(
        PathName path,
        JpegOptions options,
        boolean started,
        int width,
        int height,
        int viewers,
        double fpsIn,
        double fpsOut,
        double encodeMillis,
        long sent,
        long skipped) {}
