package dev.notecast.magics;

/** A magic that cannot do what it was asked: the message is one friendly line, the stack trace is left out. */
public final class MagicException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MagicException(String message) {
        super(message, null, false, false);
    }
}
