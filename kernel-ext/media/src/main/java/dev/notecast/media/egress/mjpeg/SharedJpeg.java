package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.codec.JpegEncoder;
import dev.notecast.media.codec.JpegImage;
import dev.notecast.media.frame.VideoFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest JPEG of a path in one size and quality, for all its readers: whoever comes first with a frame has it
 * encoded, the others get the same. At most one frame is being encoded at a time as long as somebody can use it.
 */
final class SharedJpeg {
    /** @param number of the frame that it shows */
    record Picture(long number, JpegFrame jpeg) {}

    private final int width;
    private final int quality;
    private final Executor encoders;
    private final ReentrantLock lock = new ReentrantLock();
    private long newestNumber;
    private CompletableFuture<Picture> newest = CompletableFuture.completedFuture(null);

    SharedJpeg(int width, int quality, Executor encoders) {
        this.width = width;
        this.quality = quality;
        this.encoders = encoders;
    }

    /**
     * A picture newer than {@code seen}: of this frame, or of another that is encoded or about to be.
     *
     * @param frame newer than {@code seen}; its reference becomes this object's
     */
    CompletableFuture<Picture> picture(VideoFrame frame, long seen) {
        lock.lock();
        try {
            boolean inTheWorks = newestNumber > seen && !newest.isDone();
            boolean asNew = newestNumber >= frame.number() && !newest.isCompletedExceptionally();
            if (inTheWorks || asNew) {
                frame.close();
                return newest;
            }
            newestNumber = frame.number();
            newest = CompletableFuture.supplyAsync(() -> encode(frame), encoders);
            return newest;
        } catch (RuntimeException e) {
            frame.close(); // the pool has shut down
            return CompletableFuture.failedFuture(e);
        } finally {
            lock.unlock();
        }
    }

    private Picture encode(VideoFrame frame) {
        try (frame) {
            JpegImage image = JpegEncoder.encode(frame, width, quality);
            return new Picture(
                    frame.number(), new JpegFrame(image.data(), image.width(), image.height(), image.times()));
        }
    }
}
