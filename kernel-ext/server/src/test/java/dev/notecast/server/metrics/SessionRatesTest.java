package dev.notecast.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.ice.IceCounters;
import dev.notecast.rtc.session.SessionCounters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionRatesTest {
    private static final long SECOND = 1_000_000_000L;

    private final SessionRates rates = new SessionRates();

    @Test
    void ratesAreThoseBetweenTwoLooks() {
        assertEquals(TrackRates.NONE, look(session("a", true, track("VP8", 100, 50_000, 0, 30)), 0));
        TrackRates found = look(session("a", true, track("VP8", 190, 100_000, 10, 90)), 2 * SECOND);
        assertEquals(new TrackRates(200_000, 45, 30, 0.1), found);
    }

    @Test
    void repairedPacketsAreNoLoss() {
        look(session("a", true, track("VP8", 100, 50_000, 10, 30)), 0);
        assertEquals(
                0,
                look(session("a", true, track("VP8", 200, 50_000, 4, 30)), SECOND)
                        .lossFraction());
    }

    @Test
    void aViewersLossIsWhatItSays() {
        look(session("a", false, track("VP8", 100, 50_000, 10, 30)), 0);
        assertEquals(
                0.5,
                look(session("a", false, track("VP8", 200, 50_000, 10, 30)), SECOND)
                        .lossFraction());
    }

    @Test
    void countersThatBeginAnewGiveNoRate() {
        look(session("a", true, track("VP8", 100, 50_000, 0, 30)), 0);
        assertEquals(TrackRates.NONE, look(session("a", true, track("VP8", 5, 2_000, 0, 1)), SECOND));
        assertEquals(TrackRates.NONE, look(session("a", true, track("H264", 500, 200_000, 0, 60)), 2 * SECOND));
    }

    @Test
    void anotherSessionAndOneThatWasAwayBeginAnew() {
        look(session("a", true, track("VP8", 100, 50_000, 0, 30)), 0);
        assertEquals(TrackRates.NONE, look(session("b", true, track("VP8", 900, 900_000, 0, 90)), SECOND));
        assertEquals(TrackRates.NONE, look(session("a", true, track("VP8", 900, 900_000, 0, 90)), 2 * SECOND));
    }

    @Test
    void bothDirectionsOfASessionHaveTheirOwnRates() {
        rates.look(List.of(both(track("VP8", 100, 50_000, 0, 30), track("VP8", 50, 20_000, 0, 15))), 0);
        List<TrackRates> found = rates.look(
                        List.of(both(track("VP8", 200, 100_000, 0, 60), track("VP8", 60, 30_000, 0, 20))), SECOND)
                .getFirst()
                .rates();
        assertEquals(new TrackRates(400_000, 100, 30, 0), found.getFirst());
        assertEquals(new TrackRates(80_000, 10, 5, 0.5), found.getLast());
    }

    static SessionStatistics both(TrackStatistics in, TrackStatistics out) {
        return exchange("x", true, List.of(directed(in, true), directed(out, false)));
    }

    private TrackRates look(SessionStatistics session, long nowNanos) {
        return rates.look(List.of(session), nowNanos).getFirst().rates().getFirst();
    }

    static SessionStatistics session(String id, boolean publisher, TrackStatistics... tracks) {
        return exchange(
                id,
                publisher,
                Stream.of(tracks).map(track -> directed(track, publisher)).toList());
    }

    /** With tracks of either direction. */
    static SessionStatistics exchange(String id, boolean publisher, List<TrackStatistics> tracks) {
        return new SessionStatistics(
                id,
                new PathName("live"),
                publisher,
                "connected",
                Duration.ofSeconds(1),
                Optional.empty(),
                tracks,
                new SessionCounters(0, 0, 0, 0, 0),
                new IceCounters(0, 0, 0, 0, 0));
    }

    /** The same figures, of the way that media goes. */
    static TrackStatistics directed(TrackStatistics track, boolean inbound) {
        return new TrackStatistics(
                track.index(),
                inbound,
                track.kind(),
                track.codec(),
                track.ssrc(),
                track.packets(),
                track.bytes(),
                track.lost(),
                track.lossFraction(),
                track.jitter(),
                track.roundTrip(),
                track.frames(),
                track.keyframes(),
                track.nacks(),
                track.retransmitted(),
                track.keyframeRequests(),
                track.dropped());
    }

    static TrackStatistics track(String codec, long packets, long bytes, long lost, long frames) {
        return new TrackStatistics(
                0,
                false,
                MediaKind.VIDEO,
                codec,
                1,
                packets,
                bytes,
                lost,
                0.5,
                Duration.ZERO,
                Optional.empty(),
                frames,
                0,
                0,
                0,
                0,
                0);
    }
}
