package dev.notecast.media.ingest.upload;

import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** The paths whose pictures come one by one as files. Calls block until a picture is taken: not for event loops. */
public final class Uploads implements AutoCloseable {
    /** A stream without a picture for so long has ended. */
    public static final Duration SILENCE_ENDS = Duration.ofSeconds(10);

    private static final Duration DEADLINE = Duration.ofSeconds(150); // loading OpenCV for the first time included
    private static final int MAX_PATHS = 16; // each has a thread and decodes

    private final PathManager paths;
    private final Duration silenceEnds;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PathName, UploadToStream> sources = new HashMap<>(); // guarded by lock
    private boolean closed;

    public Uploads(PathManager paths) {
        this(paths, SILENCE_ENDS);
    }

    Uploads(PathManager paths, Duration silenceEnds) {
        this.paths = paths;
        this.silenceEnds = silenceEnds;
    }

    /**
     * Makes a picture the next frame of a path; the first one takes the path.
     *
     * @throws BadImageException when it cannot be decoded
     * @throws dev.notecast.media.path.PathTakenException when somebody else publishes there
     * @throws IllegalStateException when too many paths are fed so, or the server has stopped
     */
    public void frame(PathName path, UploadedImage image) {
        while (true) {
            try {
                put(path, image).get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UploadToStream.EndedException)) {
                    throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                }
            } catch (TimeoutException e) {
                throw new IllegalStateException("path '" + path + "' takes no picture now: try again", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while path '" + path + "' took a picture", e);
            }
        }
    }

    private CompletableFuture<Void> put(PathName path, UploadedImage image) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the server has stopped");
            }
            UploadToStream source = sources.get(path);
            if (source == null) {
                if (sources.size() >= MAX_PATHS) {
                    throw new IllegalStateException("pictures are sent to " + MAX_PATHS + " paths already");
                }
                UploadToStream[] made = new UploadToStream[1];
                made[0] = new UploadToStream(paths, path, silenceEnds, () -> forget(path, made[0]));
                source = made[0];
                sources.put(path, source);
                source.start();
            }
            return source.put(image);
        } finally {
            lock.unlock();
        }
    }

    private void forget(PathName path, UploadToStream source) {
        lock.lock();
        try {
            sources.remove(path, source);
        } finally {
            lock.unlock();
        }
    }

    /** Ends every one; may be called twice. */
    @Override
    public void close() {
        List<UploadToStream> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(sources.values());
        } finally {
            lock.unlock();
        }
        all.forEach(UploadToStream::close);
    }
}
