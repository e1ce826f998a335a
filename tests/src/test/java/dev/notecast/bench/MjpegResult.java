package dev.notecast.bench;

import java.util.Locale;

/**
 * One run of a server.
 *
 * @param fps pictures a second that a viewer got
 * @param cpuMicros of the server, for each picture that reached a viewer
 * @param latency null where it is not known when the pictures were there
 */
record MjpegResult(
        String server,
        int viewers,
        double fps,
        double pictureKib,
        double cpuMicros,
        double cores,
        double residentMib,
        Latency latency) {
    private static final double LEAST_FPS = 28.5; // of 30

    static final String HEADER = String.format(
            "%-10s %8s %8s %12s %18s %7s %8s %8s %8s",
            "server", "viewers", "fps", "KiB/picture", "us/viewer-picture", "cores", "RSS MiB", "p50 ms", "p99 ms");

    /** From a picture that is there to a viewer that has all of it, milliseconds. */
    record Latency(double p50, double p99) {
        static Latency of(Lateness lateness) {
            return new Latency(lateness.percentileMicros(0.5) / 1e3, lateness.percentileMicros(0.99) / 1e3);
        }
    }

    boolean complete() {
        return fps >= LEAST_FPS;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-10s %8d %8.1f %12.0f %18.1f %7.3f %8.0f %8s %8s %s",
                server,
                viewers,
                fps,
                pictureKib,
                cpuMicros,
                cores,
                residentMib,
                latency == null ? "" : String.format(Locale.ROOT, "%.2f", latency.p50()),
                latency == null ? "" : String.format(Locale.ROOT, "%.2f", latency.p99()),
                complete() ? "" : "PICTURES ARE MISSING");
    }
}
