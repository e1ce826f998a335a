package dev.notecast.server.metrics;

import dev.notecast.media.path.PathInfo;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stream.Stream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;

/** One path's figures, second by second. The sampler's thread writes; any may read. */
final class PathSampler {
    /** A session and its rate, which is not added up again for every comparison. */
    private record Ranked(SessionSample sample, boolean publisher, long bitrateBps) {
        private static final Comparator<Ranked> BUSIEST_FIRST = Comparator.comparing(Ranked::publisher)
                .thenComparing(Ranked::bitrateBps)
                .reversed();
    }

    private final PathName path;
    private final int maxPoints;
    private final ArrayDeque<PathPoint> points = new ArrayDeque<>();
    private final SessionRates rates = new SessionRates();
    private RateMeter bytes = new RateMeter();
    private RateMeter frames = new RateMeter();
    private Stream metered; // whose the meters are
    private long end = System.currentTimeMillis() / 1000;
    private volatile Rates now = new Rates(null, 0, 0);
    private volatile List<SessionSample> sessions = List.of();
    private volatile PathReport report;

    /** @param stream whose rates these are, null without one */
    private record Rates(Stream stream, long bitrateBps, double fps) {}

    PathSampler(PathName path, Duration history) {
        this.path = path;
        maxPoints = (int) history.toSeconds();
        report = new PathReport(path, end, List.of(), List.of());
    }

    /** Looks at what needs no loop. */
    void sample(PathInfo info, long nowNanos) {
        Stream stream = info.stream().orElse(null);
        if (stream != metered) {
            bytes = new RateMeter();
            frames = new RateMeter();
            metered = stream;
        }
        if (stream != null) {
            bytes.sample(stream.bytes(), nowNanos);
            frames.sample(stream.frames(), nowNanos);
        }
        now = new Rates(stream, Math.round(bytes.perSecond() * 8), frames.perSecond());
    }

    /** Notes how the path's sessions do. */
    void sampleSessions(List<SessionStatistics> found, long nowNanos) {
        sessions = rates.look(found, nowNanos).stream()
                .map(each -> new Ranked(each, each.session().publisher(), each.bitrateBps()))
                .sorted(Ranked.BUSIEST_FIRST)
                .map(Ranked::sample)
                .toList();
        report = new PathReport(path, end, List.copyOf(points), sessions);
    }

    /** Keeps a point of what is known now. @param looked whether the sessions were asked this time */
    void keep(int viewers, boolean looked) {
        if (!looked) {
            sessions = List.of();
        }
        points.addLast(PathPoint.of(now.bitrateBps(), now.fps(), viewers, sessions, looked));
        if (points.size() > maxPoints) {
            points.removeFirst();
        }
        end++;
        if (looked) {
            report = new PathReport(path, end, List.copyOf(points), sessions);
        }
    }

    long bitrateBps(Stream stream) {
        Rates rates = now;
        return rates.stream() == stream ? rates.bitrateBps() : 0;
    }

    double fps(Stream stream) {
        Rates rates = now;
        return rates.stream() == stream ? rates.fps() : 0;
    }

    /** As of the last time that somebody looked. */
    PathReport report() {
        return report;
    }
}
