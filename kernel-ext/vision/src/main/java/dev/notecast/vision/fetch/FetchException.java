package dev.notecast.vision.fetch;

/** A file cannot be fetched; the message is what went wrong, without a full stop, to stand in a line for the user. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean passing;

    FetchException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** It will not go better when it is tried again. */
    public static FetchException lasting(String message) {
        return new FetchException(message, false, null);
    }

    static FetchException passing(String message, Throwable cause) {
        return new FetchException(message, true, cause);
    }

    /** Whether it may go well when it is tried again. */
    boolean isPassing() {
        return passing;
    }
}
