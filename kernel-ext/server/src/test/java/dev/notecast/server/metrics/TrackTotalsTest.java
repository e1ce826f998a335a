package dev.notecast.server.metrics;

import static dev.notecast.server.metrics.SessionRatesTest.both;
import static dev.notecast.server.metrics.SessionRatesTest.session;
import static dev.notecast.server.metrics.SessionRatesTest.track;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.server.metrics.TrackTotals.Figure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrackTotalsTest {
    private static final Set<PathName> PATHS = Set.of(new PathName("live"));

    private final TrackTotals totals = new TrackTotals();

    @Test
    void viewersOfAPathAreOneAndTheSumOutlivesThem() {
        assertEquals(30, packets(session("a", false, vp8(10)), session("b", false, vp8(20))));
        assertEquals(35, packets(session("a", false, vp8(15))));
        assertEquals(39, packets(session("a", false, vp8(15)), session("c", false, vp8(4))));
    }

    @Test
    void theSumNeverFalls() {
        assertEquals(7, lost(7));
        assertEquals(7, lost(2)); // repaired after all
        assertEquals(7, lost(5));
        assertEquals(9, lost(9));
    }

    @Test
    void whatBelongsToAPathThatIsGoneIsForgotten() {
        packets(session("a", false, vp8(10)));
        assertTrue(totals.look(List.of(), Set.of()).isEmpty());
    }

    @Test
    void whatASessionSendsBackIsAViewers() {
        Map<TrackTotals.Key, long[]> found = totals.look(List.of(both(vp8(30), vp8(20))), PATHS);
        assertEquals(2, found.size());
        found.forEach((key, sums) -> assertEquals(key.publisher() ? 30 : 20, sums[Figure.PACKETS.ordinal()]));
    }

    private long packets(SessionStatistics... sessions) {
        return sum(Figure.PACKETS, sessions);
    }

    private long lost(long lost) {
        return sum(Figure.LOST, session("a", true, track("VP8", 100, 1000, lost, 0)));
    }

    private long sum(Figure figure, SessionStatistics... sessions) {
        Map<TrackTotals.Key, long[]> found = totals.look(List.of(sessions), PATHS);
        assertEquals(1, found.size(), found::toString);
        return found.values().iterator().next()[figure.ordinal()];
    }

    private static dev.notecast.media.stats.TrackStatistics vp8(long packets) {
        return track("VP8", packets, packets * 100, 0, 0);
    }
}
