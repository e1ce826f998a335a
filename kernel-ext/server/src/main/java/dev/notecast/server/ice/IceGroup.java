package dev.notecast.server.ice;

import dev.notecast.media.relay.IceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Servers that came together.
 *
 * @param removed URIs that somebody does not want of them, whenever they come again
 * @param source what renews them, empty when nothing does
 * @param renewal when that is next due
 * @param failures of renewals in a row
 * @param problem of the last renewal, empty when it went well
 */
record IceGroup(
        IceOrigin origin,
        List<IceServer> servers,
        Set<String> removed,
        Optional<CredentialSource> source,
        Instant renewal,
        int failures,
        String problem) {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(15);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    private static final Duration SHORTEST_WAIT = Duration.ofMinutes(1); // no provider is asked more often

    IceGroup {
        Set<String> unwanted = Set.copyOf(removed);
        removed = unwanted;
        servers = servers.stream()
                .filter(server -> !unwanted.contains(server.uri()))
                .toList();
    }

    /** Stays as it is. */
    static IceGroup lasting(IceOrigin origin, List<IceServer> servers) {
        return new IceGroup(origin, servers, Set.of(), Optional.empty(), Instant.MAX, 0, "");
    }

    /** Lives for a while: it is renewed when half of that is over, so that there is time to try again. */
    static IceGroup renewed(CredentialSource source, List<IceServer> servers, Instant now) {
        Duration wait = Selection.end(servers)
                .map(end -> Duration.between(now, end).dividedBy(2))
                .orElse(source.refresh());
        Instant renewal = now.plus(wait.compareTo(SHORTEST_WAIT) > 0 ? wait : SHORTEST_WAIT);
        return new IceGroup(source.origin(), servers, Set.of(), Optional.of(source), renewal, 0, "");
    }

    /** With what its source gave now. */
    IceGroup renewed(List<IceServer> fresh, Instant now) {
        return renewed(source.orElseThrow(), fresh, now).withoutAll(removed);
    }

    /** The old ones stay in use until they end. */
    IceGroup notRenewed(String why, Instant now) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 10));
        wait = wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY;
        return new IceGroup(origin, servers, removed, source, now.plus(wait), failures + 1, why);
    }

    IceGroup without(String uri) {
        return withoutAll(Set.of(uri));
    }

    private IceGroup withoutAll(Set<String> uris) {
        Set<String> all = Stream.concat(removed.stream(), uris.stream()).collect(Collectors.toSet());
        return new IceGroup(origin, servers, all, source, renewal, failures, problem);
    }

    boolean isDue(Instant now) {
        return source.isPresent() && !renewal.isAfter(now);
    }
}
