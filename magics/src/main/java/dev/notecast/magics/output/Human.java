package dev.notecast.magics.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Human {
    private Human() {}

    public static String bitrate(long bps) {
        if (bps >= 1_000_000) {
            return String.format(Locale.ROOT, "%.1f Mbps", bps / 1e6);
        }
        return bps >= 1000 ? bps / 1000 + " kbps" : bps + " bps";
    }

    /** 0..1 as 2.5 %. */
    public static String percent(double fraction) {
        return number(fraction * 100) + " %";
    }

    /** With a decimal where it is small. */
    public static String number(double value) {
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f" : "%.0f", value);
    }

    public static String millis(Duration time) {
        return number(time.toNanos() / 1e6) + " ms";
    }

    public static String time(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
