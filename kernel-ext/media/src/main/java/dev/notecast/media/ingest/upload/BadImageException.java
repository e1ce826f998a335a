package dev.notecast.media.ingest.upload;

/** A file that is no picture, or one that is not taken; the message names the problem in one line. */
public final class BadImageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean unknownType;

    private BadImageException(String message, boolean unknownType) {
        super(message, null, false, false);
        this.unknownType = unknownType;
    }

    BadImageException(String message) {
        this(message, false);
    }

    static BadImageException unknownType() {
        return new BadImageException("the body is no JPEG, PNG or WebP", true);
    }

    /** Whether it is something else altogether, not a damaged picture. */
    public boolean isUnknownType() {
        return unknownType;
    }
}
