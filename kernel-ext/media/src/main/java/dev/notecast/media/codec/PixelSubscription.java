package dev.notecast.media.codec;

import dev.notecast.media.frame.LatestFrame;

/** One consumer's hold on the decoder of a path; the decoder runs until the last one is closed. */
public final class PixelSubscription implements AutoCloseable {
    private final LatestFrame frames = new LatestFrame();
    private final PathDecoder decoder;
    private final Runnable onClose;

    PixelSubscription(PathDecoder decoder, Runnable onClose) {
        this.decoder = decoder;
        this.onClose = onClose;
    }

    /** The newest picture; empty while nobody publishes, closed when the path has ended or the subscription is closed. */
    public LatestFrame frames() {
        return frames;
    }

    /** Whether the path is gone for good. */
    public boolean ended() {
        return decoder.ended();
    }

    /** May be called twice, from any thread; wakes whoever waits for a frame. */
    @Override
    public void close() {
        frames.close();
        onClose.run();
    }
}
