package dev.notecast.media.egress.mjpeg;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.codec.Natives;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One encoding of a path. Its thread waits for a picture that a viewer wants now, encodes it once and hands it to each
 * of them; a picture that nobody wants, or that comes while all are busy, is not encoded.
 */
final class JpegFeed {
    private static final Logger LOG = LoggerFactory.getLogger(JpegFeed.class);
    private static final long IDLE_NANOS = 1_000_000_000; // how late a repeated picture may be

    private final JpegKey key;
    private final Pictures pictures;
    private final BiConsumer<JpegFeed, JpegFrame> onEncoded;
    private final Consumer<JpegFeed> onEnd;
    private final List<FeedViewer> viewers = new CopyOnWriteArrayList<>();
    private final PartPool parts = new PartPool();
    private final FrameRate rateIn = new FrameRate();
    private final FrameRate rateOut = new FrameRate();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;
    private volatile JpegFrame newest; // null before the first
    private volatile double encodeMillis;
    private long newestNumber;

    /**
     * @param onEncoded told of each picture, on the feed's thread
     * @param onEnd called on the feed's thread when it has ended, for whatever reason
     */
    JpegFeed(JpegKey key, Pictures pictures, BiConsumer<JpegFeed, JpegFrame> onEncoded, Consumer<JpegFeed> onEnd) {
        this.onEncoded = onEncoded;
        this.key = key;
        this.pictures = pictures;
        this.onEnd = onEnd;
        thread = Natives.platformThread("notecast-decode-jpeg-" + key, this::run);
    }

    void start() {
        thread.start();
    }

    JpegKey key() {
        return key;
    }

    void add(FeedViewer viewer) {
        viewers.add(viewer);
        wake();
    }

    /** @return whether it was there */
    boolean remove(FeedViewer viewer) {
        return viewers.remove(viewer);
    }

    /** @throws dev.notecast.media.path.NoStreamException when nobody publishes there now */
    void requireStream() {
        pictures.requireStream();
    }

    List<FeedViewer> viewers() {
        return List.copyOf(viewers);
    }

    /** Looks again who wants a picture. */
    void wake() {
        if (Thread.currentThread() != thread) { // which looks at every viewer anyway
            pictures.wake();
        }
    }

    Optional<JpegFrame> newest() {
        return Optional.ofNullable(newest);
    }

    double fpsIn() {
        return rateIn.fps(System.nanoTime());
    }

    double fpsOut() {
        return rateOut.fps(System.nanoTime());
    }

    double encodeMillis() {
        return encodeMillis;
    }

    long sent() {
        return sent.get();
    }

    long skipped() {
        return skipped.get();
    }

    /** Ends the thread; may be called twice, from any thread. */
    void close() {
        closed = true;
        pictures.close();
    }

    private void run() {
        try {
            while (!closed && !pictures.ended()) {
                try {
                    serve();
                } catch (CodecException e) {
                    LOG.warn("[path {}] [mjpeg] no picture: {}", key.path(), e.getMessage());
                    pictures.next(Long.MAX_VALUE, System.nanoTime() + IDLE_NANOS); // the same one would fail again
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("[path {}] [mjpeg] the pictures failed; the next viewer starts them again", key.path(), e);
        } finally {
            close();
            onEnd.accept(this);
        }
    }

    /** Waits for the next picture that somebody wants, and shows it. */
    private void serve() throws InterruptedException {
        long nowNanos = System.nanoTime();
        long deadlineNanos = nowNanos + IDLE_NANOS;
        long seen = Long.MAX_VALUE;
        for (FeedViewer viewer : viewers) {
            if (!viewer.isReady()) {
                continue; // it wakes us
            }
            if (viewer.mustWait(nowNanos)) {
                deadlineNanos -= Math.max(0, deadlineNanos - viewer.dueNanos());
            } else {
                seen = Math.min(seen, viewer.shown());
            }
        }
        Optional<Picture> next = pictures.next(seen, deadlineNanos);
        if (next.isPresent()) {
            try (Picture picture = next.get()) {
                show(picture);
            }
        }
        repeat();
    }

    private void show(Picture picture) {
        long nowNanos = System.nanoTime();
        SharedJpeg shared = null;
        try {
            for (FeedViewer viewer : viewers) {
                if (viewer.shown() == picture.number()
                        || !viewer.isReady()
                        || !viewer.admits(picture.times().arrivalNanos(), nowNanos)) {
                    continue;
                }
                if (shared == null) {
                    shared = new SharedJpeg(encoded(picture), parts);
                }
                skipped.addAndGet(viewer.show(shared, picture.number(), nowNanos));
                sent.incrementAndGet();
            }
        } finally {
            if (shared != null) {
                shared.release();
            }
        }
    }

    private JpegFrame encoded(Picture picture) {
        long number = picture.number();
        if (newest == null || newestNumber != number) {
            long beginNanos = System.nanoTime();
            newest = picture.jpeg(key.width(), key.quality());
            long endNanos = System.nanoTime();
            encodeMillis = (endNanos - beginNanos) / 1e6;
            rateIn.add(number - newestNumber, endNanos);
            rateOut.add(1, endNanos);
            newestNumber = number;
            onEncoded.accept(this, newest);
        }
        return newest;
    }

    private void repeat() {
        long nowNanos = System.nanoTime();
        if (newest == null) {
            return;
        }
        SharedJpeg shared = null;
        for (FeedViewer viewer : viewers) {
            if (viewer.repeats(nowNanos)) {
                shared = shared == null ? new SharedJpeg(newest, parts) : shared;
                viewer.repeat(shared, nowNanos);
            }
        }
        if (shared != null) {
            shared.release();
        }
    }
}
