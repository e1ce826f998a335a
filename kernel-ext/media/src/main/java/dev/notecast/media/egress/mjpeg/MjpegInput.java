package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.path.PathName;

/** Where the pictures of paths come from. */
@FunctionalInterface
public interface MjpegInput {
    /**
     * Needs the pictures of a path until they are closed.
     *
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     */
    Pictures open(PathName path);
}
