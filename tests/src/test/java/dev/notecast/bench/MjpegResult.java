package dev.notecast.bench;

import java.util.Locale;

/**
 * One run of a server.
 *
 * @param fps pictures a second that a viewer got
 * @param cpuMicros of the server, for each picture that reached a viewer
 */
record MjpegResult(
        String server, int viewers, double fps, double pictureKib, double cpuMicros, double cores, double residentMib) {
    private static final double LEAST_FPS = 28.5; // of 30

    static final String HEADER = String.format(
            "%-10s %8s %8s %12s %18s %7s %8s",
            "server", "viewers", "fps", "KiB/picture", "us/viewer-picture", "cores", "RSS MiB");

    boolean complete() {
        return fps >= LEAST_FPS;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-10s %8d %8.1f %12.0f %18.1f %7.2f %8.0f %s",
                server,
                viewers,
                fps,
                pictureKib,
                cpuMicros,
                cores,
                residentMib,
                complete() ? "" : "PICTURES ARE MISSING");
    }
}
