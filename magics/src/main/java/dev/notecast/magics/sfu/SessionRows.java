package dev.notecast.magics.sfu;

import dev.notecast.magics.output.Human;
import dev.notecast.magics.output.Output;
import dev.notecast.media.stats.PairStatistics;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.server.metrics.PathReport;
import dev.notecast.server.metrics.SessionSample;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The sessions of a path as a table; it is saved with the notebook, so it holds nobody's address. */
final class SessionRows {
    static final List<String> COLUMNS = List.of(
            "Session",
            "Who",
            "Bitrate",
            "fps",
            "Loss",
            "Round trip",
            "Jitter",
            "Codecs",
            "Keyframes (asked)",
            "NACK, sent again",
            "Dropped",
            "Way and why",
            "Since");
    private static final int MAX_ROWS = 50;

    /** The publisher first; an order that stays, so that rows do not jump. */
    private static final Comparator<SessionSample> OLDEST_FIRST = Comparator.comparing(
                    (SessionSample sample) -> sample.session().publisher())
            .thenComparing(sample -> sample.session().age())
            .reversed();

    private SessionRows() {}

    static Output.Table table(PathReport report) {
        int all = report.sessions().size();
        return new Output.Table(
                all > MAX_ROWS
                        ? "WebRTC sessions: the " + MAX_ROWS + " with most bitrate of " + all
                        : "WebRTC sessions",
                COLUMNS,
                report.sessions().stream()
                        .limit(MAX_ROWS)
                        .sorted(OLDEST_FIRST)
                        .map(SessionRows::row)
                        .toList(),
                "Nobody publishes or watches by WebRTC.");
    }

    private static List<String> row(SessionSample sample) {
        SessionStatistics session = sample.session();
        return List.of(
                session.id(),
                session.publisher() ? "publisher" : "viewer",
                Human.bitrate(sample.bitrateBps()),
                Human.number(sample.fps()),
                Human.percent(sample.lossFraction()),
                sample.roundTrip().map(Human::millis).orElse("–"),
                sample.jitter().map(Human::millis).orElse("–"),
                session.tracks().stream().map(TrackStatistics::codec).collect(Collectors.joining(", ")),
                videoSum(session, TrackStatistics::keyframes) + " ("
                        + videoSum(session, TrackStatistics::keyframeRequests) + ")",
                sum(session, TrackStatistics::nacks) + ", " + sum(session, TrackStatistics::retransmitted),
                Long.toString(sum(session, TrackStatistics::dropped)),
                session.pair().map(SessionRows::way).orElse(session.state()),
                Human.time(session.age()));
    }

    private static String way(PairStatistics pair) {
        return pair.protocol().toUpperCase(Locale.ROOT) + " " + pair.localType() + "–" + pair.remoteType() + ", "
                + pair.reason();
    }

    private static long sum(SessionStatistics session, ToLongFunction<TrackStatistics> figure) {
        return session.tracks().stream().mapToLong(figure).sum();
    }

    private static long videoSum(SessionStatistics session, ToLongFunction<TrackStatistics> figure) {
        return session.tracks().stream()
                .filter(track -> track.kind() == MediaKind.VIDEO)
                .mapToLong(figure)
                .sum();
    }
}
