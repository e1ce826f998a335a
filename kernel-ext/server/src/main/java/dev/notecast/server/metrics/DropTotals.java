package dev.notecast.server.metrics;

import dev.notecast.media.stats.SessionStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What all sessions have dropped, by reason, ended sessions included up to the last look. Not for several threads. */
final class DropTotals {
    private final Map<String, Long> totals = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> last = new HashMap<>(); // by session

    Map<String, Long> look(Iterable<SessionStatistics> sessions) {
        Set<String> present = new HashSet<>();
        for (SessionStatistics session : sessions) {
            present.add(session.id());
            Map<String, Long> before = last.computeIfAbsent(session.id(), each -> new HashMap<>());
            byReason(session).forEach((reason, now) -> {
                long earlier = before.getOrDefault(reason, 0L);
                totals.merge(reason, Math.max(0, now - earlier), Long::sum);
                before.put(reason, now); // a new ICE generation counts from zero
            });
        }
        last.keySet().retainAll(present);
        return totals;
    }

    private static Map<String, Long> byReason(SessionStatistics session) {
        var dropped = session.dropped();
        var ice = session.iceDropped();
        return Map.of(
                "unknown", dropped.unknown(),
                "early", dropped.early(),
                "undecryptable", dropped.undecryptable(),
                "malformed", dropped.malformed(),
                "unsendable", dropped.unsendable(),
                "stun_malformed", ice.malformed(),
                "stun_unauthenticated", ice.unauthenticated(),
                "stun_unmatched", ice.unmatched(),
                "ice_candidate", ice.candidatesIgnored(),
                "ice_output", ice.outputDropped());
    }
}
