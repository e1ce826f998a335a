package dev.notecast.server.tunnel;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A tunnel at a glance.
 *
 * @param url where everything is reached, or was before the tunnel dropped
 * @param tcp where WebRTC over TCP is reached
 * @param note one line for people: why it is not open, or that its address has changed; may be empty
 * @param since when the state began
 * @param reopened how often it has dropped and come back
 */
public record TunnelStatus(
        String provider,
        State state,
        Optional<URI> url,
        Optional<InetSocketAddress> tcp,
        String note,
        Instant since,
        int reopened) {
    public enum State {
        OPENING,
        OPEN,
        /** It has dropped, and is tried again by itself. */
        REOPENING,
        /** It is not tried again. */
        FAILED,
        CLOSED
    }
}
