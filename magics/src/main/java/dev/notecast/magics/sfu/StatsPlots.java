package dev.notecast.magics.sfu;

import dev.notecast.magics.output.Output;
import dev.notecast.magics.output.Plots;
import dev.notecast.magics.output.Plots.Line;
import dev.notecast.magics.output.Plots.Plot;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.metrics.PathPoint;
import dev.notecast.server.metrics.PathReport;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How a path does, as plots and a table of its sessions. */
final class StatsPlots {
    private StatsPlots() {}

    /** Of the server that runs; without values when it has stopped or the path is gone. */
    static Plots now(PathName path) {
        Optional<PathReport> report = Notecast.running().flatMap(server -> server.report(path));
        List<PathPoint> points = report.map(PathReport::points).orElse(List.of());
        return new Plots(
                "Statistics of '" + path + "'",
                report.map(PathReport::end).orElse(0L),
                List.of(
                        plot(
                                "Bitrate",
                                "bps",
                                line("received", points, PathPoint::bitrateBps),
                                line("sent to viewers", points, PathPoint::sentBps)),
                        plot("Frames a second", "", line("received", points, PathPoint::fps)),
                        plot(
                                "Loss",
                                "%",
                                line("from the publisher", points, point -> point.publisherLoss() * 100),
                                line("to viewers", points, point -> point.viewerLoss() * 100)),
                        plot(
                                "Round trip",
                                "ms",
                                line("publisher", points, PathPoint::publisherRoundTripMs),
                                line("viewers", points, PathPoint::viewerRoundTripMs)),
                        plot(
                                "Jitter",
                                "ms",
                                line("publisher", points, PathPoint::publisherJitterMs),
                                line("viewers", points, PathPoint::viewerJitterMs)),
                        plot("Viewers", "", line("of every kind", points, PathPoint::viewers))),
                report.map(SessionRows::table).orElseGet(() -> gone(path)));
    }

    private static Output.Table gone(PathName path) {
        String reason = Notecast.running().isPresent()
                ? "Nobody publishes on '" + path + "' any more."
                : "The server has stopped. Start it with %sfu start.";
        return new Output.Table("WebRTC sessions", SessionRows.COLUMNS, List.of(), reason);
    }

    private static Plot plot(String title, String unit, Line... lines) {
        return new Plot(title, unit, List.of(lines));
    }

    private static Line line(String name, List<PathPoint> points, ToDoubleFunction<PathPoint> value) {
        return new Line(name, points.stream().mapToDouble(value).toArray());
    }
}
