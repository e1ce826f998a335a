package dev.notecast.server.http;

import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.Findings;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** What is found in a path's pictures: as lines of JSON, on WebSockets, and the other way from programs that look. */
final class DetectionsHandler {
    /** Of what a program says of one picture. */
    static final int MAX_BYTES = 64 << 10;

    private static final int MAX_CLIENTS = 128; // each has a thread, a virtual one
    private static final int MAX_POSTS = 32; // at once: each holds its body
    private static final int STANDARD_FPS = 30;
    private static final String METHODS = "GET, HEAD, OPTIONS, POST";
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");
    private static final Map<String, String> LATER = Map.of("Retry-After", "5");

    private final MediaApi media;
    private final Semaphore clients = new Semaphore(MAX_CLIENTS);
    private final Semaphore posts = new Semaphore(MAX_POSTS);

    DetectionsHandler(MediaApi media) {
        this.media = media;
    }

    void handle(Context ctx, PathName path) throws IOException {
        switch (ctx.req().getMethod()) {
            case "OPTIONS" -> Cors.preflight(ctx, METHODS);
            case "GET", "HEAD" -> lines(ctx, path);
            case "POST" -> take(ctx, path);
            default -> throw Refusal.methodNotAllowed(METHODS);
        }
    }

    private void lines(Context ctx, PathName path) throws IOException {
        ctx.header("Cache-Control", "no-store");
        ctx.res().setContentType("application/x-ndjson");
        if (Exchange.isHead(ctx)) {
            return;
        }
        requirePublished(path);
        int fps = fps(ctx);
        if (!clients.tryAcquire()) {
            throw new Refusal(503, MAX_CLIENTS + " clients take detections already", LATER);
        }
        try {
            ctx.res().flushBuffer();
            new FindingsFeed(media.detections(), path, fps)
                    .run(new Lines(ctx.res().getOutputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.release();
        }
    }

    private static int fps(Context ctx) {
        return QueryNumber.read(ctx, "fps", STANDARD_FPS, 1, 120);
    }

    private void requirePublished(PathName path) {
        if (!media.isPublished(path)) {
            throw new NoStreamException(path);
        }
    }

    private void take(Context ctx, PathName path) throws IOException {
        Exchange.requireType(ctx, "application/json");
        requirePublished(path);
        if (!posts.tryAcquire()) {
            throw new Refusal(503, MAX_POSTS + " others are on their way already", SOON);
        }
        try {
            Findings said = FindingsJson.read(path, Json.read(Exchange.bytes(ctx, MAX_BYTES)), Instant.now());
            if (!media.detections().offer(said)) {
                throw new Refusal(429, "more is said of path '" + path + "' than anybody can use", SOON);
            }
        } finally {
            posts.release();
        }
        ctx.status(204);
    }

    /** Whether a WebSocket may be opened, before it is. */
    void requireSocket(Context ctx, PathName path) {
        requirePublished(path);
        FindingsSocket.prepare(ctx, path, fps(ctx));
    }

    void sockets(WsConfig sockets) {
        new FindingsSocket(media.detections(), clients).configure(sockets);
    }

    private record Lines(OutputStream out) implements FindingsFeed.Client {
        @Override
        public boolean isThere() {
            return true; // a write fails when it is not
        }

        @Override
        public void send(String json) throws IOException {
            out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        /** An empty line, which readers of such lines leave out. */
        @Override
        public void keepAlive() throws IOException {
            out.write('\n');
            out.flush();
        }
    }
}
