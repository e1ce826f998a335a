package dev.notecast.server.ice;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.IceServerStatus;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TurnServer;
import java.time.Instant;
import java.util.Optional;

/**
 * One STUN or TURN server of the list.
 *
 * @param status how it does now; its texts hold no credential, its server does
 */
public record IceEntry(IceOrigin origin, IceServerStatus status) {
    public IceServer server() {
        return status.server();
    }

    /** When its credential ends; empty when it has none, or one without an end. */
    public Optional<Instant> expiry() {
        return expiry(server());
    }

    static Optional<Instant> expiry(IceServer server) {
        return switch (server) {
            case StunServer ignored -> Optional.empty();
            case TurnServer turn -> Optional.of(turn.expiry()).filter(end -> end.isBefore(Instant.MAX));
        };
    }
}
