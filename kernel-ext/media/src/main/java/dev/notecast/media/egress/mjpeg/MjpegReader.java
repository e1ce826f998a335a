package dev.notecast.media.egress.mjpeg;

import java.time.Duration;
import java.util.Optional;

/** One viewer of a path's pictures as JPEG; the path is decoded only while such viewers exist. */
public interface MjpegReader extends AutoCloseable {
    /**
     * The newest frame that this reader has not seen, at the options' frame rate; frames in between are skipped.
     * Blocks the calling (virtual) thread.
     *
     * @return empty when the timeout passed without a new picture
     * @throws dev.notecast.media.path.NoStreamException when the path has ended for good
     */
    Optional<JpegFrame> next(Duration timeout);

    @Override
    void close();
}
