package dev.notecast.server.metrics;

import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers the last look at some sessions, and says how they have done since. One thread. */
final class SessionRates {
    private record Look(SessionStatistics session, long atNanos) {}

    private Map<String, Look> last = Map.of(); // by short id; sessions that ended fall out

    List<SessionSample> look(List<SessionStatistics> sessions, long nowNanos) {
        Map<String, Look> current = new HashMap<>();
        List<SessionSample> samples = new ArrayList<>(sessions.size());
        for (SessionStatistics session : sessions) {
            Look before = last.get(session.id());
            samples.add(new SessionSample(
                    session,
                    session.tracks().stream()
                            .map(track -> rates(before, track, nowNanos))
                            .toList()));
            current.put(session.id(), new Look(session, nowNanos));
        }
        last = current;
        return samples;
    }

    private static TrackRates rates(Look before, TrackStatistics track, long nowNanos) {
        if (before == null) {
            return TrackRates.NONE;
        }
        Duration time = Duration.ofNanos(nowNanos - before.atNanos());
        return before.session().tracks().stream()
                .filter(earlier -> earlier.index() == track.index() && earlier.inbound() == track.inbound())
                .findFirst()
                .map(earlier -> TrackRates.between(earlier, track, time))
                .orElse(TrackRates.NONE);
    }
}
