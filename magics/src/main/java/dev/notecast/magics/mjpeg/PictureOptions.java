package dev.notecast.magics.mjpeg;

import dev.notecast.media.frame.JpegOptions;
import picocli.CommandLine.Option;

/** Size, quality and rate of pictures, as {@code %mjpeg} takes them. */
final class PictureOptions {
    @Option(
            names = "--fps",
            paramLabel = "N",
            description = "Pictures a second at most, 1 to 120 (default 30, or as started).")
    private Integer fps;

    @Option(names = "--quality", paramLabel = "Q", description = "JPEG quality, 1 to 100 (default 85, or as started).")
    private Integer quality;

    @Option(
            names = "--width",
            paramLabel = "W",
            description = "Width in pixels, 16 to 7680 (default: as published or started).")
    private Integer width;

    /**
     * @param standard what holds where nothing was given
     * @throws IllegalArgumentException with one friendly line when a value is out of range
     */
    JpegOptions read(JpegOptions standard) {
        return new JpegOptions(
                value("--width", width, 16, 7680, standard.width()),
                value("--quality", quality, 1, 100, standard.quality()),
                value("--fps", fps, 1, 120, standard.fps()));
    }

    private static int value(String option, Integer given, int min, int max, int standard) {
        if (given != null && (given < min || given > max)) {
            throw new IllegalArgumentException(option + " " + given + " is out of range: take " + min + " to " + max);
        }
        return given == null ? standard : given;
    }
}
