package dev.notecast.server.ice;

/** Something about STUN and TURN servers cannot be done; the message is one friendly line, without a secret. */
public final class IceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IceException(String message) {
        super(message, null, false, false); // a cause may hold what must not be shown
    }
}
