package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import java.util.Collection;
import java.util.Comparator;

/** What viewers must have in common to share an encoding. */
record JpegKey(PathName path, int width, int quality) {
    static JpegKey of(PathName path, JpegOptions options) {
        return new JpegKey(path, options.width(), options.quality());
    }

    /** The one that comes closest: not smaller if there is such a one, then of the nearest width, then quality. */
    JpegKey nearest(Collection<JpegKey> others) {
        return others.stream()
                .min(Comparator.<JpegKey, Boolean>comparing(other -> other.pixels() < pixels())
                        .thenComparingInt(other -> Math.abs(other.pixels() - pixels()))
                        .thenComparingInt(other -> Math.abs(other.quality - quality)))
                .orElseThrow();
    }

    private int pixels() {
        return width == 0 ? 1 << 16 : width; // the stream's own is the widest there is
    }

    @Override
    public String toString() {
        return path + (width == 0 ? "" : "-" + width) + "-q" + quality;
    }
}
