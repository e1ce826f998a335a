package dev.notecast.media.codec;

/** A codec that cannot be opened or the libraries that cannot be loaded; the message is one line for the user. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
