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

    private static Refusal tooLarge(int maxBytes) {
        return new Refusal(413, "the body is over " + maxBytes / 1024 + " KiB", CLOSE);
    }
}
