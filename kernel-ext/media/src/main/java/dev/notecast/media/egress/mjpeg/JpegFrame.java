package dev.notecast.media.egress.mjpeg;

/**
 * One encoded picture.
 *
 * @param jpeg owned by the receiver, not shared
 * @param arrivalNanos when the last packet of the frame came in, by {@link System#nanoTime()}
 */
public record JpegFrame(byte[] jpeg, int width, int height, long arrivalNanos) {}
