package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.codec.PixelSubscription;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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
    private final CountDownLatch closed = new CountDownLatch(1);
    private long seen;

    PathMjpegReader(PathName path, PixelSubscription pixels, SharedJpeg shared, int fps, Runnable onClose) {
        this.path = path;
        this.pixels = pixels;
        this.shared = shared;
        this.pace = new Pace(fps, System.nanoTime());
        this.onClose = onClose;
    }

    @Override
    public Optional<JpegFrame> next(Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        try {
            long turnNanos = pace.earliestNanos();
            boolean inTime = turnNanos - deadlineNanos <= 0;
            long waitNanos = (inTime ? turnNanos : deadlineNanos) - System.nanoTime();
            if (closed.await(waitNanos, TimeUnit.NANOSECONDS) || !inTime) {
                return Optional.empty();
            }
            Optional<VideoFrame> frame = pixels.frames().next(seen, deadlineNanos);
            if (frame.isEmpty()) {
                if (pixels.ended() && closed.getCount() > 0) {
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

    private JpegFrame encoded(VideoFrame frame, long deadlineNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        SharedJpeg.Picture picture =
                shared.picture(frame, seen).get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        seen = picture.number();
        pace.taken(System.nanoTime());
        return picture.jpeg();
    }

    @Override
    public void close() {
        closed.countDown();
        onClose.run(); // first: whoever shares JPEGs must share the decoder, whose frame numbers they go by
        pixels.close();
    }
}
