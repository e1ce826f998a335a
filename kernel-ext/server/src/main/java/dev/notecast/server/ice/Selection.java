package dev.notecast.server.ice;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.media.relay.TurnTransport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes few of a provider's many servers: each one costs an allocation that is kept ready. */
final class Selection {
    private Selection() {}

    /** One for STUN, and TURN by every transport: two hosts or ports by UDP, and where firewalls let through most. */
    static List<IceServer> of(List<IceServer> all) {
        return Stream.of(
                        all.stream().filter(StunServer.class::isInstance).limit(1),
                        turn(all, TurnTransport.UDP).limit(2),
                        turn(all, TurnTransport.TLS).limit(1),
                        turn(all, TurnTransport.TCP).limit(1))
                .flatMap(some -> some)
                .toList();
    }

    private static Stream<IceServer> turn(List<IceServer> all, TurnTransport transport) {
        Stream<IceServer> fitting =
                all.stream().filter(server -> server instanceof TurnServer turn && turn.transport() == transport);
        return transport == TurnTransport.UDP ? fitting : fitting.sorted(Comparator.comparingInt(Selection::blocked));
    }

    /** The less a port is blocked by firewalls, the smaller. */
    private static int blocked(IceServer server) {
        return switch (server.port()) {
            case 443 -> 0;
            case 80 -> 1;
            default -> 2;
        };
    }

    /** The earliest end of a credential. */
    static Optional<Instant> end(List<IceServer> servers) {
        return servers.stream()
                .flatMap(server -> IceEntry.expiry(server).stream())
                .min(Comparator.naturalOrder());
    }
}
