package dev.notecast.media.webrtc;

/** Why an offer or a change of a session was refused; the HTTP edge turns the kind into a status code. */
public final class SignalingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, apart from a path that is taken or has no stream, which have their own exceptions. */
    public enum Kind {
        BAD_SDP, // 400
        NO_COMMON_CODEC, // 406
        TOO_MANY_SESSIONS, // 503
        UNKNOWN_SESSION, // 404
        DISMISSED, // 410: it was ended on purpose, and should not come back by itself
        OTHER_GENERATION, // 412: candidates of an ICE generation that is not in use
        TOO_OFTEN, // 429
        BUSY // 503
    }

    private final Kind kind;

    public SignalingException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
