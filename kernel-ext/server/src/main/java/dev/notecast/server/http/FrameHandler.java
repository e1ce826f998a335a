package dev.notecast.server.http;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.ingest.upload.UploadedImage;
import dev.notecast.media.path.PathName;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Takes pictures one by one: each becomes the next frame of its path, and one that waits gives way to a newer one. The
 * other way round it gives the newest.
 */
final class FrameHandler {
    static final int MAX_BYTES = 8 << 20;
    private static final int MAX_UPLOADS = 32; // at once: each holds its body
    private static final String METHODS = "GET, HEAD, OPTIONS, POST";

    private final MediaApi media;
    private final FramePull pull;
    private final Semaphore uploads = new Semaphore(MAX_UPLOADS);

    FrameHandler(MediaApi media) {
        this.media = media;
        pull = new FramePull(media);
    }

    void handle(Context ctx, PathName path) throws IOException {
        switch (ctx.req().getMethod()) {
            case "OPTIONS" -> Cors.preflight(ctx, METHODS);
            case "GET", "HEAD" -> pull.answer(ctx, path);
            case "POST" -> take(ctx, path);
            default -> throw Refusal.methodNotAllowed(METHODS);
        }
    }

    private void take(Context ctx, PathName path) throws IOException {
        if (!uploads.tryAcquire()) {
            throw new Refusal(503, MAX_UPLOADS + " pictures are on their way already", Map.of("Retry-After", "1"));
        }
        try {
            byte[] file = FrameBody.picture(ctx.contentType(), Exchange.bytes(ctx, MAX_BYTES));
            media.frame(path, UploadedImage.read(file));
        } catch (CodecException | IllegalStateException e) {
            throw new Refusal(503, e.getMessage(), Map.of("Retry-After", "5"));
        } finally {
            uploads.release();
        }
        ctx.contentType("text/plain; charset=utf-8").result("OK");
    }
}
