package dev.notecast.server.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What several handlers do with a request. */
final class Exchange {
    private static final Duration BODY_TIME = Duration.ofSeconds(10);
    private static final Duration DISCARD_TIME = Duration.ofSeconds(2);
    private static final long MAX_DISCARDED = 32 << 20;
    private static final Map<String, String> CLOSE = Map.of("Connection", "close"); // the rest stays unread

    private Exchange() {}

    /** Refuses everything but GET and HEAD. */
    static void requireGet(Context ctx) {
        String method = ctx.req().getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw Refusal.methodNotAllowed("GET, HEAD");
        }
    }

    static boolean isHead(Context ctx) {
        return ctx.req().getMethod().equals("HEAD");
    }

    /** Refuses a body that is not of this media type; parameters such as a character set do not matter. */
    static void requireType(Context ctx, String type) {
        String given = ctx.contentType();
        if (given == null
                || !given.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(type)) {
            throw new Refusal(415, "the body must be of type " + type);
        }
    }

    /** Reads a body as UTF-8, and stops as soon as it is longer or slower than allowed. */
    static String body(Context ctx, int maxBytes) throws IOException {
        return new String(bytes(ctx, maxBytes), StandardCharsets.UTF_8);
    }

    /** Reads a body, and stops as soon as it is longer or slower than allowed. */
    static byte[] bytes(Context ctx, int maxBytes) throws IOException {
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        long deadline = System.nanoTime() + BODY_TIME.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try (InputStream in = ctx.req().getInputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                body.write(chunk, 0, read);
                if (body.size() > maxBytes) {
                    throw tooLarge(maxBytes);
                }
                if (System.nanoTime() > deadline) {
                    throw new Refusal(408, "the body took over " + BODY_TIME.toSeconds() + " s", CLOSE);
                }
            }
        }
        return body.toByteArray();
    }

    /** Answers with one line of text. */
    static void text(Context ctx, int status, String line) {
        ctx.status(status).contentType("text/plain; charset=utf-8").result(line + "\n");
    }

    /**
     * Answers with one line of text before the body has come, and then reads what still comes, within limits: clients that
     * look for the answer only when they have sent all lose it where the connection is closed before (RFC 9112 §9.6).
     */
    static void textAheadOfBody(Context ctx, int status, String line) {
        byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
        ctx.status(status).contentType("text/plain; charset=utf-8");
        ctx.res().setContentLength(text.length);
        long deadline = System.nanoTime() + DISCARD_TIME.toNanos();
        byte[] chunk = new byte[8192];
        try {
            ctx.res().getOutputStream().write(text);
            ctx.res().flushBuffer();
            InputStream in = ctx.req().getInputStream();
            long discarded = 0;
            while (discarded < MAX_DISCARDED && System.nanoTime() < deadline) {
                int read = in.read(chunk);
                if (read < 0) {
                    return;
                }
                discarded += read;
            }
        } catch (IOException e) {
            // the client is gone, or has stopped sending
        }
    }

    private static Refusal tooLarge(int maxBytes) {
        return new Refusal(413, "the body is over " + maxBytes / 1024 + " KiB", CLOSE);
    }
}
