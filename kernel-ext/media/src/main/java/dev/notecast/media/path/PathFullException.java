package dev.notecast.media.path;

/** As many watch a path as may. */
public final class PathFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PathFullException(PathName path, int readers) {
        super("path '" + path + "' has " + readers + " viewers, and no more are allowed: try again later");
    }
}
