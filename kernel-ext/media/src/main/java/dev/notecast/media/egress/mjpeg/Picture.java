package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.frame.FrameTimes;

/** One picture of a path before its viewers have it as JPEG; closed by whoever got it. */
public interface Picture extends AutoCloseable {
    /** Counts the pictures of a path, from 1; a gap means that some in between were skipped. */
    long number();

    FrameTimes times();

    /**
     * The picture as JPEG; one that is a JPEG already may be handed on untouched.
     *
     * @param width in pixels, 0 keeps its own; never enlarged
     * @param quality 1..100
     * @throws dev.notecast.media.codec.CodecException when it cannot be encoded
     */
    JpegFrame jpeg(int width, int quality);

    @Override
    void close();
}
