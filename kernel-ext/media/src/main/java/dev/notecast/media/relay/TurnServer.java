package dev.notecast.media.relay;

import java.time.Instant;

/**
 * Sends our datagrams on, where no direct way leads to a peer.
 *
 * @param host for TLS the name that its certificate is checked against
 * @param expiry when the credential ends, {@link Instant#MAX} when it does not or nobody knows
 */
public record TurnServer(
        String host, int port, TurnTransport transport, String username, String credential, Instant expiry)
        implements IceServer {
    @Override
    public String uri() {
        String place = IceServer.inUri(host) + ":" + port;
        return switch (transport) {
            case UDP -> "turn:" + place + "?transport=udp";
            case TCP -> "turn:" + place + "?transport=tcp";
            case TLS -> "turns:" + place + "?transport=tcp";
        };
    }

    /** Whether the credential has ended. */
    boolean isExpired() {
        return expiry.isBefore(Instant.now());
    }

    /** Leaves out the credential. */
    @Override
    public String toString() {
        return "TurnServer[" + uri() + "]";
    }
}
