package dev.notecast.bench;

import java.util.List;
import java.util.Locale;

/**
 * One run of the fan-out.
 *
 * @param cpuMicrosPerPacket of the server, for each packet that reached a reader; NaN when its process is not known
 * @param mediaMicrosPerPacket the part of our event loops in it, 0 for another server
 * @param compilerMicrosPerPacket the part of a JVM's compilers in it
 * @param serverCores how many cores the server kept busy
 * @param frameP50Millis of the last packets of frames, which decide when a picture can be shown
 * @param complaints what was wrong, empty for a good run
 */
record FanoutResult(
        int readers,
        double seconds,
        String profile,
        long packetsPublished,
        long packetsForwarded,
        double cpuMicrosPerPacket,
        double mediaMicrosPerPacket,
        double compilerMicrosPerPacket,
        double serverCores,
        double latenessP50Millis,
        double latenessP99Millis,
        double latenessMaxMillis,
        double frameP50Millis,
        double frameP99Millis,
        double residentMib,
        List<String> complaints) {
    static final String HEADER = String.format(
            "%8s %10s %10s %8s %9s %12s %7s %8s %8s %8s %9s %9s %8s  %s",
            "readers",
            "packets/s",
            "us/packet",
            "of loops",
            "compilers",
            "server cores",
            "RSS MiB",
            "p50 ms",
            "p99 ms",
            "max ms",
            "frame p50",
            "frame p99",
            "",
            "SRTP");

    String row() {
        return String.format(
                Locale.ROOT,
                "%8d %10.0f %10.2f %8.2f %9.2f %12.2f %7.0f %8.2f %8.2f %8.2f %9.2f %9.2f %8s  %s",
                readers,
                packetsForwarded / seconds,
                cpuMicrosPerPacket,
                mediaMicrosPerPacket,
                compilerMicrosPerPacket,
                serverCores,
                residentMib,
                latenessP50Millis,
                latenessP99Millis,
                latenessMaxMillis,
                frameP50Millis,
                frameP99Millis,
                complaints.isEmpty() ? "ok" : "FAILED",
                profile);
    }
}
