package dev.notecast.server.metrics;

import dev.notecast.media.stats.TrackStatistics;
import java.time.Duration;

/**
 * How a track of a session did between two looks at it.
 *
 * @param bitrateBps of RTP, headers included, without what was sent again
 * @param lossFraction 0..1: of what comes in since the earlier look, of what goes out as the peer's last report says
 */
public record TrackRates(long bitrateBps, double packetsPerSecond, double fps, double lossFraction) {
    /** What is known after one look only. */
    public static final TrackRates NONE = new TrackRates(0, 0, 0, 0);

    /** Rates of one track; {@link #NONE} where the counters began anew, as those of another session do. */
    static TrackRates between(TrackStatistics before, TrackStatistics now, Duration time) {
        double seconds = time.toNanos() / 1e9;
        boolean anew = before.index() != now.index()
                || !before.codec().equals(now.codec())
                || now.packets() < before.packets()
                || now.bytes() < before.bytes()
                || now.frames() < before.frames();
        if (anew || seconds <= 0) {
            return NONE;
        }
        long packets = now.packets() - before.packets();
        return new TrackRates(
                Math.round((now.bytes() - before.bytes()) * 8 / seconds),
                packets / seconds,
                (now.frames() - before.frames()) / seconds,
                now.inbound() ? lossOf(packets, now.lost() - before.lost()) : now.lossFraction());
    }

    /** Repaired packets are lost no more, so that the count of lost ones may fall. */
    private static double lossOf(long packets, long lost) {
        return lost <= 0 ? 0 : (double) lost / (packets + lost);
    }
}
