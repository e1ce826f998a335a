package dev.notecast.media.relay;

/** How a TURN server is reached; to the peers it always sends UDP. */
public enum TurnTransport {
    UDP,
    TCP,
    TLS
}
