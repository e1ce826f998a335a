package dev.notecast.vision.pipeline;

import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.Pace;
import dev.notecast.media.frame.VideoFrame;
import java.util.Optional;

/**
 * The newest picture of a pipeline's input, from the decoder that the path shares, when one is due. The pipeline's thread,
 * but for what says otherwise.
 */
final class InputPictures {
    private final PathDecoders decoders;
    private final PipelineOptions options;
    private final Pace pace; // null where all are taken
    private volatile PixelSubscription pixels; // null while nobody wants pictures
    private volatile long skipped;
    private volatile long replacedBefore; // by subscriptions that have ended
    private long seen; // number of the newest picture
    private long taken; // of the one that was given last
    private boolean again;

    InputPictures(PathDecoders decoders, PipelineOptions options) {
        this.decoders = decoders;
        this.options = options;
        pace = options.fps() == 0 ? null : new Pace(options.fps());
    }

    /**
     * Has pictures decoded from now on; does nothing where they are.
     *
     * @throws dev.notecast.media.path.NoStreamException when nobody publishes there
     * @throws dev.notecast.media.codec.CodecException when too many paths are decoded already
     */
    void open() {
        if (pixels == null) {
            pixels = decoders.subscribe(options.in());
            seen = 0;
            taken = 0;
        }
    }

    /**
     * Waits for a picture. The caller closes it.
     *
     * @param deadlineNanos by {@link System#nanoTime()}
     * @return empty when there was none in time, it is not due, or {@link #wake} was called
     */
    Optional<VideoFrame> next(long deadlineNanos) throws InterruptedException {
        Optional<VideoFrame> newest = pixels.frames().next(again ? 0 : seen, deadlineNanos);
        if (newest.isEmpty()) {
            if (pixels.ended()) {
                close(); // the decoder has failed; the next one may do better
            }
            return newest;
        }
        VideoFrame frame = newest.get();
        seen = frame.number();
        if (!again && !isDue(frame)) {
            frame.close();
            skipped++; // one thread writes
            return Optional.empty();
        }
        again = false;
        taken = frame.number();
        return newest;
    }

    private boolean isDue(VideoFrame frame) {
        long arrivalNanos = frame.times().arrivalNanos();
        if (taken != 0 && frame.number() - taken < options.everyNth() || pace != null && !pace.admits(arrivalNanos)) {
            return false;
        }
        if (pace != null) {
            pace.taken(arrivalNanos);
        }
        return true;
    }

    /** The newest picture is given once more, as one that stands still is to be filtered anew. */
    void repeat() {
        again = true;
    }

    /** Nobody wants pictures any more; may be called twice. */
    void close() {
        PixelSubscription ended = pixels;
        if (ended != null) {
            pixels = null;
            replacedBefore += ended.frames().replaced();
            ended.close();
        }
    }

    /** Ends the wait under way, from any thread. */
    void wake() {
        PixelSubscription current = pixels;
        if (current != null) {
            current.frames().wake();
        }
    }

    /** Pictures that a newer one replaced, or that were not due. Any thread. */
    long leftOut() {
        PixelSubscription current = pixels;
        return skipped
                + replacedBefore
                + (current == null ? 0 : current.frames().replaced());
    }
}
