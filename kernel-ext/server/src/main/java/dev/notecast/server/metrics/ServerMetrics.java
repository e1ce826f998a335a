package dev.notecast.server.metrics;

import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.server.ServerStatus;
import dev.notecast.server.StreamStatus;
import dev.notecast.server.metrics.TrackTotals.Figure;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Makes a scrape of a server's figures; labels name paths and codecs, never single viewers. Any thread. */
public final class ServerMetrics {
    private static final int MAX_PATHS = 1000; // by name; a scrape says how many it leaves out

    private final ReentrantLock lock = new ReentrantLock();
    private final TrackTotals tracks = new TrackTotals(); // guarded by lock
    private final DropTotals drops = new DropTotals(); // guarded by lock

    public MetricSnapshots snapshots(ServerFigures figures) {
        MetricTable table = new MetricTable();
        List<StreamStatus> named = figures.streams().stream()
                .sorted(Comparator.comparing(stream -> stream.path().value()))
                .limit(MAX_PATHS)
                .toList();
        server(table, figures, figures.streams().size() - named.size());
        sessions(table, figures.sessions());
        named.forEach(stream -> path(table, stream));
        Set<PathName> paths = named.stream().map(StreamStatus::path).collect(Collectors.toSet());
        pictures(table, figures, paths);
        PipelineMetrics.addTo(table, figures.pipelines());
        FrameMetrics.addTo(table, figures, paths);
        lock.lock();
        try {
            tracks.look(figures.sessions(), paths).forEach((key, totals) -> track(table, key, totals));
            drops.look(figures.sessions())
                    .forEach((reason, total) -> table.counter(
                            "notecast_session_dropped",
                            "datagrams and messages of sessions that came to nothing",
                            total,
                            "reason",
                            reason));
        } finally {
            lock.unlock();
        }
        TransportMetrics.addTo(table, figures.transport());
        JvmMetrics.addTo(table);
        return table.snapshots();
    }

    private static void server(MetricTable table, ServerFigures figures, int omitted) {
        ServerStatus status = figures.status();
        table.gauge(
                        "notecast_uptime_seconds",
                        "since the server was started",
                        status.uptime().toSeconds())
                .gauge("notecast_streams", "paths with a publisher", status.streams())
                .gauge("notecast_viewers", "readers of all paths, of every kind", status.viewers())
                .gauge("notecast_paths_omitted", "paths that are too many to be told apart here", omitted)
                .counter("notecast_http_refused", "requests refused for want of a right", status.refusedRequests());
    }

    private static void sessions(MetricTable table, List<SessionStatistics> sessions) {
        for (boolean publisher : new boolean[] {true, false}) {
            for (String state : List.of("connecting", "connected")) {
                long count = sessions.stream()
                        .filter(each ->
                                each.publisher() == publisher && each.state().equals(state))
                        .count();
                table.gauge("notecast_sessions", "WebRTC sessions", count, "kind", kind(publisher), "state", state);
            }
        }
        for (String protocol : List.of("udp", "tcp")) {
            long count = sessions.stream()
                    .flatMap(each -> each.pair().stream())
                    .filter(pair -> pair.protocol().equals(protocol))
                    .count();
            table.gauge("notecast_session_ways", "sessions by the way of their media", count, "protocol", protocol);
        }
    }

    private static void path(MetricTable table, StreamStatus stream) {
        String path = stream.path().value();
        table.gauge(
                        "notecast_path_viewers",
                        "readers of every kind",
                        stream.readers().size(),
                        "path",
                        path)
                .gauge("notecast_path_fps", "frames a second received", stream.fps(), "path", path)
                .counter("notecast_path_bytes", "bytes of RTP received", stream.bytes(), "path", path)
                .counter("notecast_path_packets", "packets of RTP received", stream.packets(), "path", path)
                .counter("notecast_path_frames", "video frames received", stream.frames(), "path", path)
                .counter("notecast_path_decoded_frames", "frames decoded", stream.decodedFrames(), "path", path);
    }

    private static void pictures(MetricTable table, ServerFigures figures, Set<PathName> paths) {
        figures.mjpeg().stream()
                .filter(each -> paths.contains(each.path()))
                .collect(Collectors.groupingBy(each -> each.path().value()))
                .forEach((path, encodings) -> table.gauge(
                                "notecast_jpeg_viewers",
                                "who takes JPEG pictures",
                                encodings.stream()
                                        .mapToInt(each -> each.viewers())
                                        .sum(),
                                "path",
                                path)
                        .counter(
                                "notecast_jpeg_sent",
                                "pictures sent to viewers",
                                encodings.stream()
                                        .mapToLong(each -> each.sent())
                                        .sum(),
                                "path",
                                path)
                        .counter(
                                "notecast_jpeg_skipped",
                                "pictures that viewers did not get, being busy or slower",
                                encodings.stream()
                                        .mapToLong(each -> each.skipped())
                                        .sum(),
                                "path",
                                path));
    }

    private static final Map<Figure, String> TRACK_METRICS = Map.of(
            Figure.PACKETS, "packets",
            Figure.BYTES, "bytes",
            Figure.LOST, "lost_packets",
            Figure.FRAMES, "frames",
            Figure.KEYFRAMES, "keyframes",
            Figure.NACKS, "nacked_packets",
            Figure.RETRANSMITTED, "retransmitted_packets",
            Figure.KEYFRAME_REQUESTS, "keyframe_requests",
            Figure.DROPPED, "dropped_packets");

    private static void track(MetricTable table, TrackTotals.Key key, long[] totals) {
        for (Figure figure : Figure.values()) {
            String name = TRACK_METRICS.get(figure);
            table.counter(
                    "notecast_track_" + name,
                    name.replace('_', ' ') + " of the WebRTC sessions of a path",
                    totals[figure.ordinal()],
                    "path",
                    key.path().value(),
                    "kind",
                    kind(key.publisher()),
                    "media",
                    key.kind().name().toLowerCase(Locale.ROOT),
                    "codec",
                    key.codec());
        }
    }

    private static String kind(boolean publisher) {
        return publisher ? "publisher" : "viewer";
    }
}
