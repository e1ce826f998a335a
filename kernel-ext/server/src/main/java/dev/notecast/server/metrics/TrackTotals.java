package dev.notecast.server.metrics;

import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.rtc.codec.MediaKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the tracks of a path have carried, its ended sessions included, so that the sums only grow. What a session has done
 * between the last look and its end is missing. Not for several threads.
 */
final class TrackTotals {
    /** What is told apart; a path's many viewers are not. */
    record Key(PathName path, boolean publisher, MediaKind kind, String codec) {}

    /** One of the figures of a track. */
    enum Figure {
        PACKETS,
        BYTES,
        LOST,
        FRAMES,
        KEYFRAMES,
        NACKS,
        RETRANSMITTED,
        KEYFRAME_REQUESTS,
        DROPPED;

        private long of(TrackStatistics track) {
            return switch (this) {
                case PACKETS -> track.packets();
                case BYTES -> track.bytes();
                case LOST -> track.lost();
                case FRAMES -> track.frames();
                case KEYFRAMES -> track.keyframes();
                case NACKS -> track.nacks();
                case RETRANSMITTED -> track.retransmitted();
                case KEYFRAME_REQUESTS -> track.keyframeRequests();
                case DROPPED -> track.dropped();
            };
        }
    }

    private record Seen(String session, boolean inbound, int track) {}

    private static final Figure[] FIGURES = Figure.values();

    private final Map<Key, long[]> totals = new HashMap<>();
    private final Map<Seen, long[]> last = new HashMap<>();

    /** Takes a look at every session; what belongs to no path of {@code paths} is forgotten. */
    Map<Key, long[]> look(Iterable<SessionStatistics> sessions, Set<PathName> paths) {
        Set<Seen> present = new HashSet<>();
        for (SessionStatistics session : sessions) {
            for (TrackStatistics track : session.tracks()) {
                Seen seen = new Seen(session.id(), track.inbound(), track.index());
                present.add(seen);
                add(new Key(session.path(), track.inbound(), track.kind(), track.codec()), seen, track);
            }
        }
        last.keySet().retainAll(present);
        totals.keySet().removeIf(key -> !paths.contains(key.path()));
        return totals;
    }

    private void add(Key key, Seen seen, TrackStatistics track) {
        long[] total = totals.computeIfAbsent(key, each -> new long[FIGURES.length]);
        long[] before = last.computeIfAbsent(seen, each -> new long[FIGURES.length]);
        for (Figure figure : FIGURES) {
            long now = figure.of(track);
            total[figure.ordinal()] += Math.max(0, now - before[figure.ordinal()]);
            before[figure.ordinal()] = Math.max(now, before[figure.ordinal()]); // lost packets that came late after all
        }
    }
}
