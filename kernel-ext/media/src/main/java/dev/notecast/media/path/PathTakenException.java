package dev.notecast.media.path;

/** Somebody else publishes on the path already. */
public final class PathTakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PathTakenException(PathName path, String publisher) {
        super("path '" + path + "' is taken by " + publisher + ": stop it first or publish to another path");
    }
}
