package dev.notecast.server.http;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.egress.mjpeg.JpegFrame;
import dev.notecast.media.egress.mjpeg.MjpegReader;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathName;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Pictures of a path: one, or an endless {@code multipart/x-mixed-replace}. A stream is a loop that waits for the newest
 * picture and writes it, so a slow client skips pictures and a client that does not read holds one, until the
 * connection's idle timeout ends it.
 */
final class MjpegHandler {
    private static final int MAX_CLIENTS = 128; // each scales and encodes on its own
    private static final Duration FIRST_PICTURE = Duration.ofSeconds(5);
    private static final Duration REPEAT = Duration.ofSeconds(5); // so that a client that left is noticed
    private static final String BOUNDARY = "notecast-frame";
    private static final byte[] OPENING = ("--" + BOUNDARY + "\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSING = ("\r\n--" + BOUNDARY + "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final MediaApi media;
    private final Semaphore clients = new Semaphore(MAX_CLIENTS);

    MjpegHandler(MediaApi media) {
        this.media = media;
    }

    void stream(Context ctx, PathName path) throws IOException {
        prepare(ctx, "multipart/x-mixed-replace; boundary=" + BOUNDARY);
        if (Exchange.isHead(ctx)) {
            return;
        }
        admit();
        try (MjpegReader reader = open(ctx, path)) {
            write(ctx.res().getOutputStream(), reader, first(reader, path));
        } finally {
            clients.release();
        }
    }

    void snapshot(Context ctx, PathName path) {
        prepare(ctx, "image/jpeg");
        if (Exchange.isHead(ctx)) {
            return;
        }
        admit();
        try (MjpegReader reader = open(ctx, path)) {
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

    private MjpegReader open(Context ctx, PathName path) {
        JpegOptions options = JpegQuery.parse(ctx);
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

    private static void write(ServletOutputStream out, MjpegReader reader, JpegFrame first) throws IOException {
        JpegFrame frame = first;
        out.write(OPENING);
        try {
            while (true) {
                out.write(partHeader(frame));
                out.write(frame.jpeg());
                out.write(CLOSING); // browsers show a picture when they see what ends it
                out.flush();
                frame = reader.next(REPEAT).orElse(frame);
            }
        } catch (NoStreamException e) {
            // the path is gone for good, and with it this answer
        }
    }

    private static byte[] partHeader(JpegFrame frame) {
        return ("Content-Type: image/jpeg\r\nContent-Length: " + frame.jpeg().length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
