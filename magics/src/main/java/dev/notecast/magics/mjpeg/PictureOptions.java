package dev.notecast.magics.mjpeg;

import dev.notecast.media.frame.JpegOptions;
import picocli.CommandLine.Option;

/** Size, quality and rate of pictures, as {@code %mjpeg} takes them. */
final class PictureOptions {
    @Option(names = "--fps", paramLabel = "N", description = "Pictures a second at most, 1 to 120 (default 30).")
    private int fps = JpegOptions.DEFAULT.fps();

    @Option(names = "--quality", paramLabel = "Q", description = "JPEG quality, 1 to 100 (default 85).")
    private int quality = JpegOptions.DEFAULT.quality();

    @Option(names = "--width", paramLabel = "W", description = "Width in pixels, 16 to 7680 (default: as published).")
    private int width = JpegOptions.DEFAULT.width();

    /** @throws IllegalArgumentException with one friendly line when a value is out of range */
    JpegOptions read() {
        check("--fps", fps, 1, 120);
        check("--quality", quality, 1, 100);
        if (width != JpegOptions.DEFAULT.width()) {
            check("--width", width, 16, 7680);
        }
        return new JpegOptions(width, quality, fps);
    }

    private static void check(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " " + value + " is out of range: take " + min + " to " + max);
        }
    }
}
