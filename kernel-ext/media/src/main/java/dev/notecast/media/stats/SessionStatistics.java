package dev.notecast.media.stats;

import dev.notecast.media.path.PathName;
import dev.notecast.rtc.ice.IceCounters;
import dev.notecast.rtc.session.SessionCounters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One publisher or viewer at one moment.
 *
 * @param id short, as in tables and logs; takes no part in authorisation
 * @param state {@code connecting}, {@code connected} or {@code closed}
 * @param pair empty before ICE has chosen
 * @param tracks in the order of their index
 * @param dropped datagrams of the peer, or ours to it, that came to nothing
 * @param iceDropped of the ICE generation in use
 */
public record SessionStatistics(
        String id,
        PathName path,
        boolean publisher,
        String state,
        Duration age,
        Optional<PairStatistics> pair,
        List<TrackStatistics> tracks,
        SessionCounters dropped,
        IceCounters iceDropped) {
    public SessionStatistics {
        tracks = List.copyOf(tracks);
    }
}
