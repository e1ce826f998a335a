package dev.notecast.jupyter.widget;

import dev.notecast.jupyter.KernelPort;
import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.NotecastException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sends a path's newest pictures to a widget until it is closed or nobody looks; always the latest, never a backlog. */
final class PictureFeed implements AutoCloseable {
    private static final Duration PICTURE_WAIT = Duration.ofSeconds(1);
    private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private final Widget widget;
    private final PathName path;
    private final JpegOptions options;
    private final KernelPort kernel;
    private final AtomicLong acknowledged = new AtomicLong(-1);
    private final Thread thread;
    private volatile boolean closed;

    private PictureFeed(Widget widget, PathName path, JpegOptions options, KernelPort kernel) {
        this.widget = widget;
        this.path = path;
        this.options = options;
        this.kernel = kernel;
        thread = Thread.ofPlatform().daemon().name("notecast-pictures-" + path).unstarted(this::run);
    }

    static PictureFeed start(Widget widget, PathName path, JpegOptions options, KernelPort kernel) {
        PictureFeed feed = new PictureFeed(widget, path, options, kernel);
        feed.thread.start();
        return feed;
    }

    /** The page has shown the picture of this number. */
    void acknowledge(long number) {
        acknowledged.set(number);
    }

    /** Whatever is on its way is not waited for any more. */
    void acknowledgeAll() {
        acknowledged.set(Long.MAX_VALUE);
    }

    boolean isOver() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        PicturePace pace = new PicturePace(System.nanoTime());
        while (!closed && !pace.isAbandoned(System.nanoTime(), kernel.runsCell())) {
            try (MjpegReader reader = server().openMjpeg(path, options)) {
                read(reader, pace);
            } catch (NotecastException | NoStreamException e) {
                widget.send(Map.of("kind", "waiting", "text", String.valueOf(e.getMessage())), List.of());
                takeAcknowledgement(pace);
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
        closed = true;
    }

    private static Notecast server() {
        return Notecast.running().orElseThrow(() -> new NotecastException("The server has stopped."));
    }

    private void read(MjpegReader reader, PicturePace pace) {
        while (!closed) {
            takeAcknowledgement(pace);
            boolean cellRuns = kernel.runsCell();
            if (pace.isAbandoned(System.nanoTime(), cellRuns)) {
                return;
            }
            if (pace.maySend(System.nanoTime(), cellRuns)) {
                reader.next(PICTURE_WAIT).ifPresent(frame -> send(frame, pace.sent(System.nanoTime())));
            } else {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private void takeAcknowledgement(PicturePace pace) {
        long number = acknowledged.getAndSet(-1);
        if (number >= 0) {
            pace.seen(number, System.nanoTime());
        }
    }

    private void send(JpegFrame frame, long number) {
        Map<String, Object> content =
                Map.of("kind", "picture", "number", number, "width", frame.width(), "height", frame.height());
        widget.send(content, List.of(frame.jpeg()));
    }
}
