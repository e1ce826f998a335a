package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.frame.FrameTimes;

/**
 * One encoded picture.
 *
 * @param jpeg read only: every reader with the same options gets this array
 * @param number counts the pictures of a path, from 1; a gap means that some in between were skipped
 * @param times every stage it passed, from the arrival of its last packet to this JPEG
 */
public record JpegFrame(byte[] jpeg, int width, int height, long number, FrameTimes times) {
    /** When the last packet of the frame came in, by {@link System#nanoTime()}. */
    public long arrivalNanos() {
        return times.arrivalNanos();
    }
}
