package dev.notecast.server.http;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.frame.Frame;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The newest picture of a path for a program that works on one after the other: it names the one that it had, and waits
 * for a newer one, so that it never gets an old one however slow it is. As JPEG, or as plain pixels in a PPM file.
 */
final class FramePull {
    /** Tells which picture it is: what a program sends back as {@code after}. */
    static final String NUMBER = "Notecast-Frame";

    /** When it came in, in milliseconds since 1970. */
    static final String TIME = "Notecast-Time-Millis";

    private static final int MAX_CLIENTS = 32; // each holds a picture
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final int MIN_WIDTH = 16;
    private static final int MAX_WIDTH = 7680;
    private static final Map<String, String> SOON = Map.of("Retry-After", "2");

    private final MediaApi media;
    private final Semaphore clients = new Semaphore(MAX_CLIENTS);

    FramePull(MediaApi media) {
        this.media = media;
    }

    void answer(Context ctx, PathName path) {
        boolean plain = isPlain(ctx);
        int width = QueryNumber.read(ctx, "width", MAX_WIDTH, MIN_WIDTH, MAX_WIDTH);
        long after = after(ctx);
        ctx.header("Cache-Control", "no-store");
        if (!clients.tryAcquire()) {
            throw new Refusal(503, MAX_CLIENTS + " clients take pictures already", SOON);
        }
        try {
            Optional<Frame> newest = media.newestFrame(path, after, WAIT);
            if (newest.isEmpty()) {
                ctx.status(204);
                return;
            }
            Frame frame = newest.get().scaled(width);
            ctx.header(NUMBER, Long.toString(frame.number()));
            ctx.header(TIME, Long.toString(frame.time().toEpochMilli()));
            ctx.contentType(plain ? "image/x-portable-pixmap" : "image/jpeg");
            ctx.result(plain ? ppm(frame) : frame.toJpeg());
        } catch (CodecException | IllegalStateException e) {
            throw new Refusal(503, e.getMessage(), SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the server stops", SOON);
        } finally {
            clients.release();
        }
    }

    private static boolean isPlain(Context ctx) {
        String format = ctx.queryParam("format");
        if (format == null || format.equals("jpeg")) {
            return false;
        }
        if (format.equals("ppm")) {
            return true;
        }
        throw new Refusal(400, "format is jpeg or ppm");
    }

    private static long after(Context ctx) {
        String text = ctx.queryParam("after");
        if (text == null) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(400, "after is the number of the picture before, as " + NUMBER + " says it");
        }
        return Long.parseLong(text);
    }

    /** See netpbm's ppm(5), the raw one: a line of text, and three bytes a pixel. */
    private static byte[] ppm(Frame frame) {
        byte[] head = ("P6 " + frame.width() + " " + frame.height() + " 255\n").getBytes(StandardCharsets.US_ASCII);
        byte[] pixels = frame.toRgb();
        byte[] file = new byte[head.length + pixels.length];
        System.arraycopy(head, 0, file, 0, head.length);
        System.arraycopy(pixels, 0, file, head.length, pixels.length);
        return file;
    }
}
