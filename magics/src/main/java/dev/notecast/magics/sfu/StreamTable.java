package dev.notecast.magics.sfu;

import dev.notecast.magics.output.Human;
import dev.notecast.magics.output.Output;
import dev.notecast.media.stats.PairStatistics;
import dev.notecast.server.Notecast;
import dev.notecast.server.StreamStatus;
import dev.notecast.server.StreamStatus.VideoSize;
import dev.notecast.server.metrics.PathReport;
import dev.notecast.server.metrics.SessionSample;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Streams and their viewers as a table. */
final class StreamTable {
    private static final List<String> COLUMNS = List.of(
            "Path",
            "Publisher",
            "Codecs",
            "Picture",
            "Viewers",
            "Bitrate",
            "fps",
            "Loss",
            "Way",
            "Up",
            "Frames decoded");

    private static final int MAX_NAMED = 5; // viewers

    private StreamTable() {}

    /** The streams of the server that runs; none when it has stopped. */
    static Output.Table now() {
        return of(Notecast.running().map(Notecast::streams).orElse(List.of()));
    }

    private static Output.Table of(List<StreamStatus> streams) {
        return new Output.Table(
                "Streams",
                COLUMNS,
                streams.stream().map(StreamTable::row).toList(),
                "Nothing is published yet: try '%sfu publish live --from test'.");
    }

    private static List<String> row(StreamStatus stream) {
        List<SessionSample> sessions = Notecast.running()
                .flatMap(server -> server.report(stream.path()))
                .map(PathReport::sessions)
                .orElse(List.of());
        return List.of(
                stream.path().value(),
                stream.publisher().orElse("nobody yet"),
                codecs(stream),
                stream.videoSize().map(VideoSize::toString).orElse(""),
                viewers(stream.readers()),
                Human.bitrate(stream.bitrateBps()),
                stream.codecs().isEmpty() ? "" : Human.number(stream.fps()),
                sessions.isEmpty() ? "" : loss(sessions),
                ways(sessions),
                Human.time(stream.uptime()),
                Long.toString(stream.decodedFrames()));
    }

    /** Of the publisher, then of the viewer that loses most. */
    private static String loss(List<SessionSample> sessions) {
        return worst(sessions, true) + " in, " + worst(sessions, false) + " out";
    }

    private static String worst(List<SessionSample> sessions, boolean publisher) {
        OptionalDouble worst = sessions.stream()
                .filter(each -> each.session().publisher() == publisher)
                .mapToDouble(SessionSample::lossFraction)
                .max();
        return worst.isPresent() ? Human.percent(worst.getAsDouble()) : "–";
    }

    /** How many sessions go by UDP, how many by TCP, and how many of each through a relay of either side. */
    private static String ways(List<SessionSample> sessions) {
        return sessions.stream()
                .flatMap(each -> each.session().pair().stream())
                .collect(Collectors.groupingBy(StreamTable::way, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(way -> way.getValue() + " " + way.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String way(PairStatistics pair) {
        boolean relayed = pair.localType().equals("relay") || pair.remoteType().equals("relay");
        return pair.protocol().toUpperCase(Locale.ROOT) + (relayed ? " relayed" : "");
    }

    private static String codecs(StreamStatus stream) {
        String names = String.join(", ", stream.codecs());
        return stream.warning()
                .map(warning -> names + " (no WebRTC viewers: " + warning + ")")
                .orElse(names);
    }

    private static String viewers(List<String> readers) {
        if (readers.isEmpty()) {
            return "0";
        }
        String some = String.join(", ", readers.subList(0, Math.min(MAX_NAMED, readers.size())));
        return readers.size() + " (" + some + (readers.size() > MAX_NAMED ? ", .." : "") + ")";
    }
}
