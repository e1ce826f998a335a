package dev.notecast.rtc.nat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How a local UDP port looks from the outside.
 *
 * @param sightings one for each server that has answered
 * @param toldBy the server that was able to tell all of it (RFC 5780 §4), empty where none was
 */
public record NatBehavior(
        List<Sighting> sightings, NatMapping mapping, NatFiltering filtering, Optional<InetSocketAddress> toldBy) {
    /** Nobody has answered. */
    public static final NatBehavior SILENCE =
            new NatBehavior(List.of(), NatMapping.UNKNOWN, NatFiltering.UNKNOWN, Optional.empty());

    /** @param mapped the local port as the server sees it */
    public record Sighting(InetSocketAddress server, InetSocketAddress mapped) {}

    public NatBehavior {
        sightings = List.copyOf(sightings);
    }

    /** The local port as the first server sees it that has answered. */
    public Optional<InetSocketAddress> mapped() {
        return sightings.stream().map(Sighting::mapped).findFirst();
    }
}
