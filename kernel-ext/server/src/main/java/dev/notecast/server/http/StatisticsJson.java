package dev.notecast.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.stats.PairStatistics;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.server.metrics.PathPoint;
import dev.notecast.server.metrics.PathReport;
import dev.notecast.server.metrics.SessionSample;
import dev.notecast.server.metrics.TrackRates;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Statistics as JSON: what is not known is null. */
final class StatisticsJson {
    private StatisticsJson() {}

    static ObjectNode report(PathReport report, Page page) {
        ObjectNode node = Json.object();
        node.put("path", report.path().value());
        node.put("intervalSeconds", 1);
        node.put("end", report.end());
        ArrayNode points = node.putArray("points");
        report.points().forEach(point -> points.add(point(point)));
        node.put("sessionCount", report.sessions().size());
        ArrayNode sessions = node.putArray("sessions");
        page.of(report.sessions()).forEach(session -> sessions.add(sample(session)));
        return node;
    }

    private static ObjectNode point(PathPoint point) {
        ObjectNode node = Json.object();
        node.put("bitrateBps", Math.round(point.bitrateBps()));
        put(node, "sentBps", point.sentBps());
        put(node, "fps", point.fps());
        node.put("viewers", point.viewers());
        put(node, "publisherLossPercent", point.publisherLoss() * 100);
        put(node, "viewerLossPercent", point.viewerLoss() * 100);
        put(node, "publisherRoundTripMs", point.publisherRoundTripMs());
        put(node, "viewerRoundTripMs", point.viewerRoundTripMs());
        put(node, "publisherJitterMs", point.publisherJitterMs());
        put(node, "viewerJitterMs", point.viewerJitterMs());
        return node;
    }

    /** A session without rates. */
    static ObjectNode session(SessionStatistics session) {
        ObjectNode node = head(session);
        ArrayNode tracks = node.putArray("tracks");
        session.tracks().forEach(track -> tracks.add(track(track)));
        return node;
    }

    static ObjectNode sample(SessionSample sample) {
        SessionStatistics session = sample.session();
        ObjectNode node = head(session);
        ArrayNode tracks = node.putArray("tracks");
        for (int i = 0; i < session.tracks().size(); i++) {
            ObjectNode track = track(session.tracks().get(i));
            TrackRates rates = sample.rates().get(i);
            track.put("bitrateBps", rates.bitrateBps());
            put(track, "packetsPerSecond", rates.packetsPerSecond());
            put(track, "fps", rates.fps());
            put(track, "lossPercent", rates.lossFraction() * 100);
            tracks.add(track);
        }
        return node;
    }

    private static ObjectNode head(SessionStatistics session) {
        ObjectNode node = Json.object();
        node.put("id", session.id());
        node.put("path", session.path().value());
        node.put("kind", session.publisher() ? "publisher" : "viewer");
        node.put("state", session.state());
        node.put("ageSeconds", session.age().toSeconds());
        node.set("pair", session.pair().map(StatisticsJson::pair).orElse(null));
        return node;
    }

    private static ObjectNode pair(PairStatistics pair) {
        ObjectNode node = Json.object();
        node.put("protocol", pair.protocol());
        node.put("local", pair.local());
        node.put("localType", pair.localType());
        node.put("remote", pair.remote());
        node.put("remoteType", pair.remoteType());
        putMillis(node, "roundTripMs", pair.roundTrip());
        node.put("reason", pair.reason());
        return node;
    }

    private static ObjectNode track(TrackStatistics track) {
        ObjectNode node = Json.object();
        node.put("index", track.index());
        node.put("inbound", track.inbound());
        node.put("kind", track.kind().name().toLowerCase(Locale.ROOT));
        node.put("codec", track.codec());
        node.put("ssrc", Integer.toUnsignedLong(track.ssrc()));
        node.put("packets", track.packets());
        node.put("bytes", track.bytes());
        node.put("lost", track.lost());
        put(node, "lastLossPercent", track.lossFraction() * 100);
        putMillis(node, "jitterMs", Optional.of(track.jitter()));
        putMillis(node, "roundTripMs", track.roundTrip());
        node.put("frames", track.frames());
        node.put("keyframes", track.keyframes());
        node.put("nacks", track.nacks());
        node.put("retransmitted", track.retransmitted());
        node.put("keyframeRequests", track.keyframeRequests());
        node.put("dropped", track.dropped());
        return node;
    }

    private static void putMillis(ObjectNode node, String name, Optional<Duration> time) {
        put(node, name, time.map(each -> each.toNanos() / 1e6).orElse(Double.NaN));
    }

    /** With two decimals. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, Math.round(value * 100) / 100.0);
        } else {
            node.putNull(name);
        }
    }
}
