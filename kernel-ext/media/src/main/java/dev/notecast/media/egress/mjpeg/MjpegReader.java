package dev.notecast.media.egress.mjpeg;

import java.time.Duration;
import java.util.Optional;

/** One viewer of a path's pictures as JPEG; the path is decoded only while such viewers exist. */
public interface MjpegReader extends AutoCloseable {
    /**
     * The newest frame that this reader has not seen, at the options' frame rate; frames in between are skipped.
     * Blocks the calling (virtual) thread; one thread at a time. An interrupt ends the wait and stays set.
     *
     * @return empty when the timeout passed without a new picture, or the reader is closed
     * @throws dev.notecast.media.path.NoStreamException when the path has ended for good, or the server
     *     has stopped
     */
    Optional<JpegFrame> next(Duration timeout);

    /** Stops; the decoder ends with the last reader. May be called twice, from any thread. */
    @Override
    void close();
}
