package dev.notecast.server;

/** Something a person asked for cannot be done; the message is one friendly line that names the thing and the fix. */
public final class NotecastException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotecastException(String message) {
        super(message);
    }

    public NotecastException(String message, Throwable cause) {
        super(message, cause);
    }
}
