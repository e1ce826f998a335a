package dev.notecast.server.metrics;

import dev.notecast.media.stats.PairStatistics;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.rtc.codec.MediaKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A session at one moment, and how it has done since the moment before.
 *
 * @param rates of each track, in the order of the tracks
 */
public record SessionSample(SessionStatistics session, List<TrackRates> rates) {
    public SessionSample {
        rates = List.copyOf(rates);
    }

    /** Without rates, after one look only. */
    public static SessionSample first(SessionStatistics session) {
        return new SessionSample(
                session, session.tracks().stream().map(track -> TrackRates.NONE).toList());
    }

    /** Of all tracks. */
    public long bitrateBps() {
        return rates.stream().mapToLong(TrackRates::bitrateBps).sum();
    }

    /** Of the first video track, 0 without one. */
    public double fps() {
        return video() < 0 ? 0 : rates.get(video()).fps();
    }

    /** Of the track that loses most, 0..1. */
    public double lossFraction() {
        return rates.stream().mapToDouble(TrackRates::lossFraction).max().orElse(0);
    }

    /** By reports where there are some, else by checks of the way. */
    public Optional<Duration> roundTrip() {
        return session.tracks().stream()
                .flatMap(track -> track.roundTrip().stream())
                .findFirst()
                .or(() -> session.pair().flatMap(PairStatistics::roundTrip));
    }

    /** Of the video track, or of the only one; empty before there is any. */
    public Optional<Duration> jitter() {
        List<TrackStatistics> tracks = session.tracks();
        return tracks.isEmpty()
                ? Optional.empty()
                : Optional.of(tracks.get(Math.max(0, video())).jitter());
    }

    private int video() {
        List<TrackStatistics> tracks = session.tracks();
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).kind() == MediaKind.VIDEO) {
                return i;
            }
        }
        return -1;
    }
}
