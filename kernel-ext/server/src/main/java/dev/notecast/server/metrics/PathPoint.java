package dev.notecast.server.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A path in one second. What only sessions know is NaN in seconds when nobody looked.
 *
 * @param bitrateBps received from the publisher
 * @param sentBps to all WebRTC viewers together
 * @param fps received
 * @param viewers readers of every kind
 * @param publisherLoss 0..1, on the way from the publisher
 * @param viewerLoss 0..1, on the way to WebRTC viewers, the mean of all
 * @param viewerRoundTripMs the mean, as all of viewers
 */
public record PathPoint(
        double bitrateBps,
        double sentBps,
        double fps,
        int viewers,
        double publisherLoss,
        double viewerLoss,
        double publisherRoundTripMs,
        double viewerRoundTripMs,
        double publisherJitterMs,
        double viewerJitterMs) {

    static PathPoint of(double bitrateBps, double fps, int viewers, List<SessionSample> sessions, boolean looked) {
        List<SessionSample> publishers =
                sessions.stream().filter(each -> each.session().publisher()).toList();
        List<SessionSample> watching =
                sessions.stream().filter(each -> !each.session().publisher()).toList();
        return new PathPoint(
                bitrateBps,
                looked ? watching.stream().mapToLong(SessionSample::bitrateBps).sum() : Double.NaN,
                fps,
                viewers,
                mean(publishers, each -> Optional.of(each.lossFraction())),
                mean(watching, each -> Optional.of(each.lossFraction())),
                mean(publishers, each -> each.roundTrip().map(PathPoint::millis)),
                mean(watching, each -> each.roundTrip().map(PathPoint::millis)),
                mean(publishers, each -> each.jitter().map(PathPoint::millis)),
                mean(watching, each -> each.jitter().map(PathPoint::millis)));
    }

    private static double mean(List<SessionSample> sessions, Function<SessionSample, Optional<Double>> figure) {
        return sessions.stream()
                .flatMap(each -> figure.apply(each).stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }
}
