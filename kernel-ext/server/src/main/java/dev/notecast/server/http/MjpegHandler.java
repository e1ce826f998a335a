package dev.notecast.server.http;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.egress.mjpeg.MultipartPart;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Pictures of a path: one, or an endless {@code multipart/x-mixed-replace}. */
final class MjpegHandler {
    private static final int MAX_CLIENTS = 256; // each may hold a picture of its own when it is slow
    private static final Duration FIRST_PICTURE = Duration.ofSeconds(5);

    private final MediaApi media;
    private final Semaphore clients = new Semaphore(MAX_CLIENTS);

    MjpegHandler(MediaApi media) {
        this.media = media;
    }

    void stream(Context ctx, PathName path) throws IOException {
        prepare(ctx, MultipartPart.CONTENT_TYPE);
        ctx.header("Connection", "close"); // its end is the answer's, without chunks that some clients cannot read
        if (Exchange.isHead(ctx)) {
            return;
        }
        JpegOptions options = JpegQuery.parse(ctx, media.jpegDefaults(path));
        admit();
        CompletableFuture<Void> over = CompletableFuture.completedFuture(null);
        try (MjpegReader reader = open(path, options)) {
            first(reader, path); // or the answer is no stream
            over = watch(ctx, path, options);
        } finally {
            over.whenComplete((ignored, failure) -> clients.release());
        }
        CompletableFuture<Void> answer = over;
        ctx.future(() -> answer);
    }

    /** Writes the head of the answer; the rest is written by whatever thread has a picture. */
    private CompletableFuture<Void> watch(Context ctx, PathName path, JpegOptions options) throws IOException {
        ctx.res().getOutputStream().write(MultipartPart.opening());
        ctx.res().flushBuffer();
        // Below the answer, whose rest is bytes until the connection ends: what HTTP adds to a write costs more than
        // the write
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(ctx.req());
        MjpegViewer viewer =
                new MjpegViewer(request.getConnectionMetaData().getConnection().getEndPoint());
        request.addIdleTimeoutListener(idle -> {
            viewer.idle();
            return false;
        });
        try {
            viewer.watched(media.watchMjpeg(path, options, viewer));
        } catch (NoStreamException | CodecException | IllegalStateException e) {
            viewer.ended(); // it went a moment ago, and the head is out
        }
        return viewer.over();
    }

    void snapshot(Context ctx, PathName path) {
        prepare(ctx, "image/jpeg");
        if (Exchange.isHead(ctx)) {
            return;
        }
        JpegOptions options = JpegQuery.parse(ctx, media.jpegDefaults(path));
        admit();
        try (MjpegReader reader = open(path, options)) {
            ctx.result(first(reader, path).jpeg());
        } finally {
            clients.release();
        }
    }

    private static void prepare(Context ctx, String type) {
        Exchange.requireGet(ctx);
        ctx.header("Cache-Control", "no-store");
        ctx.res().setContentType(type);
    }

    private void admit() {
        if (!clients.tryAcquire()) {
            throw new Refusal(503, MAX_CLIENTS + " clients take pictures already", Map.of("Retry-After", "5"));
        }
    }

    private MjpegReader open(PathName path, JpegOptions options) {
        try {
            return media.openMjpeg(path, options);
        } catch (CodecException | IllegalStateException e) {
            // a limit of the decoders or encoders is reached, or their libraries did not load
            throw new Refusal(503, e.getMessage(), Map.of("Retry-After", "5"));
        }
    }

    private static JpegFrame first(MjpegReader reader, PathName path) {
        return reader.next(FIRST_PICTURE)
                .orElseThrow(() -> new Refusal(
                        503,
                        "the stream on path '" + path + "' has no picture yet: it sends no video, or no keyframe came",
                        Map.of("Retry-After", "2")));
    }
}
