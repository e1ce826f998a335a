package dev.notecast.media.ingest.upload;

import dev.notecast.media.codec.ImageDecoder;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PictureOutlet;
import dev.notecast.media.frame.PictureSource;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.pictures.PicturesToStream;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures that come one by one as files, made a stream: it begins with the first good one and ends when none has come
 * for a while. One file waits at a time, and a newer one takes its place. The first file is decoded, to see that it can
 * be; later ones only while somebody looks.
 */
final class UploadToStream implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(UploadToStream.class);
    private static final long IDLE_NANOS = 1_000_000_000;
    private static final long LOOK_NANOS = 100_000_000; // a viewer's first keyframe request may come before itself

    /** A file on its way; {@code done} says what became of it. */
    private record Upload(UploadedImage image, long arrivalNanos, CompletableFuture<Void> done) {}

    private final PathManager paths;
    private final PathName path;
    private final Duration silenceEnds;
    private final Runnable onEnd;
    private final Thread thread;
    private final Track video = new Track(0, new CodecParameters(Codec.VP8, Map.of()), Map.of());
    private final AtomicReference<Upload> waiting = new AtomicReference<>();
    private final PictureOutlet outlet = new PictureOutlet(this::look);
    private final AtomicLong replaced = new AtomicLong();
    private volatile PicturesToStream packets;
    private final UploadPace pace = new UploadPace(System.nanoTime());
    private volatile boolean closed;
    private volatile RuntimeException failure; // set before it has ended; null when all is well
    private volatile boolean ended;
    private Stream stream; // the thread's
    private Upload undecoded; // the thread's: the newest, while nobody looks
    private long number; // the thread's

    /** @param onEnd called once, when no more is taken */
    UploadToStream(PathManager paths, PathName path, Duration silenceEnds, Runnable onEnd) {
        this.paths = paths;
        this.path = path;
        this.silenceEnds = silenceEnds;
        this.onEnd = onEnd;
        thread = Natives.platformThread("notecast-upload-" + path, this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Takes a picture. The future fails with {@link BadImageException}, {@link
     * dev.notecast.media.path.PathTakenException} or {@link EndedException}; one that a newer one has replaced is well.
     */
    CompletableFuture<Void> put(UploadedImage image) {
        Upload upload = new Upload(image, System.nanoTime(), new CompletableFuture<>());
        Upload before = waiting.getAndSet(upload);
        if (before != null) {
            replaced.incrementAndGet();
            before.done().complete(null);
        }
        LockSupport.unpark(thread);
        if (ended) {
            refuseWaiting(); // the thread may have ended between the two
        }
        return upload.done();
    }

    /** Pictures that a newer one replaced before anybody looked at them. */
    long replaced() {
        return replaced.get();
    }

    @Override
    public String description() {
        return "upload";
    }

    @Override
    public Optional<PictureSource> pictures() {
        return Optional.of(outlet);
    }

    private void look() {
        LockSupport.unpark(thread);
    }

    @Override
    public void requestKeyframe(Track track) {
        PicturesToStream to = packets;
        if (to != null) {
            to.requestKeyframe();
            LockSupport.unpark(thread);
        }
    }

    @Override
    public boolean isReplaceable() {
        return pace.hasPaused(System.nanoTime());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        paths.unpublish(path, this);
    }

    private void run() {
        try {
            takePictures();
        } catch (RuntimeException | OutOfMemoryError e) { // no native library, no native memory, or a bug of ours
            LOG.error("[path {}] the upload ended", path, e);
            failure = new IllegalStateException("pictures cannot be decoded: " + e.getMessage(), e);
        } finally {
            ended = true;
            paths.unpublish(path, this);
            if (packets != null) {
                packets.close();
            }
            outlet.close();
            onEnd.run();
            refuseWaiting();
        }
    }

    private void refuseWaiting() {
        Upload late = waiting.getAndSet(null);
        if (late != null) {
            late.done().completeExceptionally(failure == null ? new EndedException() : failure);
        }
    }

    private void takePictures() {
        ImageDecoder decoder = new ImageDecoder();
        while (!closed) {
            Upload upload = waiting.getAndSet(null);
            if (upload != null) {
                pace.arrived(upload.arrivalNanos());
                take(upload, decoder);
            } else if (undecoded != null && isWatched()) {
                take(undecoded, decoder);
            } else if (pace.silenceNanos(System.nanoTime()) > silenceEnds.toNanos()) {
                return;
            } else {
                LockSupport.parkNanos(this, undecoded == null ? IDLE_NANOS : LOOK_NANOS);
            }
        }
    }

    private void take(Upload upload, ImageDecoder decoder) {
        undecoded = null;
        if (stream != null && !isWatched()) {
            undecoded = upload;
            upload.done().complete(null);
            return;
        }
        FrameTimes times = FrameTimes.arrived(upload.arrivalNanos());
        try {
            VideoFrame frame = decoder.decode(upload.image().data(), number + 1, times)
                    .orElseThrow(() -> new BadImageException(
                            "the " + upload.image().type() + " is damaged: its pixels cannot be read"));
            number++;
            show(upload.image().plainJpeg() ? frame.fromJpeg(upload.image().data()) : frame);
            upload.done().complete(null);
        } catch (RuntimeException e) {
            upload.done().completeExceptionally(e);
            closed |= stream == null; // nothing has begun
        } catch (OutOfMemoryError e) {
            upload.done().completeExceptionally(new IllegalStateException("no memory for the picture", e));
            throw e;
        }
    }

    private void show(VideoFrame frame) {
        try (frame) {
            if (stream == null) {
                stream = paths.publish(path, this, List.of(video));
                packets = new PicturesToStream(path.value(), stream, video);
            }
            outlet.put(frame);
            packets.put(frame.retain());
        }
    }

    private boolean isWatched() {
        return outlet.isWatched() || stream.hasPacketReaders();
    }

    /** The source has just ended; the caller takes a new one. */
    static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndedException() {
            super("the upload has just ended", null, false, false);
        }
    }
}
