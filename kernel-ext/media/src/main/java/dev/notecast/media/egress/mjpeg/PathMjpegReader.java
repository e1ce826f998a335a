package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reader: waits for its turn, for a frame, and for the JPEG that it shares with its equals. */
final class PathMjpegReader implements MjpegReader {
    private static final Logger LOG = LoggerFactory.getLogger(PathMjpegReader.class);

    private final PathName path;
    private final PixelSubscription pixels;
    private final SharedJpeg shared;
    private final Pace pace;
    private final Runnable onClose;
    private volatile boolean closed;
    private volatile boolean stopped; // by the server, which whoever reads does not know
    private long seen; // number of the frame shown last

    PathMjpegReader(PathName path, PixelSubscription pixels, SharedJpeg shared, int fps, Runnable onClose) {
        this.path = path;
        this.pixels = pixels;
        this.shared = shared;
        this.pace = new Pace(fps);
        this.onClose = onClose;
    }

    @Override
    public Optional<JpegFrame> next(Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        try {
            Optional<VideoFrame> frame = nextInTurn(deadlineNanos);
            if (frame.isEmpty()) {
                if (stopped || pixels.ended() && !closed) {
                    throw new NoStreamException(path);
                }
                return Optional.empty();
            }
            return Optional.of(encoded(frame.get(), deadlineNanos));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.warn("[path {}] [mjpeg] no picture: {}", path, e.getCause().getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The newest frame whose turn it is; one that is too early is taken later if no newer one comes. */
    private Optional<VideoFrame> nextInTurn(long deadlineNanos) throws InterruptedException {
        Optional<VideoFrame> frame = pixels.frames().next(seen, deadlineNanos);
        while (frame.isPresent() && !pace.admits(frame.get().times().arrivalNanos())) {
            long turnNanos = pace.earliestNanos();
            boolean inTime = turnNanos - deadlineNanos <= 0;
            try (VideoFrame early = frame.get()) {
                frame = pixels.frames().next(early.number(), inTime ? turnNanos : deadlineNanos);
                if (frame.isEmpty() && inTime && System.nanoTime() - turnNanos >= 0) {
                    return Optional.of(early.retain());
                }
            }
        }
        return frame;
    }

    private JpegFrame encoded(VideoFrame frame, long deadlineNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        SharedJpeg.Picture picture =
                shared.picture(frame, seen).get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        seen = picture.number();
        pace.taken(picture.jpeg().arrivalNanos());
        return picture.jpeg();
    }

    /** Closes it for the server: whoever reads is told, or would ask again and again. */
    void stop() {
        stopped = true;
        close();
    }

    @Override
    public void close() {
        closed = true;
        onClose.run(); // first: whoever shares JPEGs must share the decoder, whose frame numbers they go by
        pixels.close();
    }
}
