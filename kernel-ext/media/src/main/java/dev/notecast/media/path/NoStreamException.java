package dev.notecast.media.path;

/** Nobody publishes on the path. */
public final class NoStreamException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoStreamException(PathName path) {
        super("no stream on path '" + path + "'");
    }
}
