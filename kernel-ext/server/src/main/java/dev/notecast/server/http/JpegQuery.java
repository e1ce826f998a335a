package dev.notecast.server.http;

import dev.notecast.media.frame.JpegOptions;
import io.javalin.http.Context;

/** Reads {@code ?width=&q=&fps=}; what is left out is as the path was started. */
final class JpegQuery {
    private JpegQuery() {}

    static JpegOptions parse(Context ctx, JpegOptions standard) {
        int width = number(ctx, "width", standard.width(), 0, 7680);
        if (width > 0 && width < 16) {
            throw new Refusal(400, "width is 16 to 7680, or 0 for the stream's own");
        }
        return new JpegOptions(
                width, number(ctx, "q", standard.quality(), 1, 100), number(ctx, "fps", standard.fps(), 1, 120));
    }

    private static int number(Context ctx, String name, int standard, int min, int max) {
        String text = ctx.queryParam(name);
        if (text == null || text.isEmpty()) {
            return standard;
        }
        if (text.matches("[0-9]{1,6}")) {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw new Refusal(400, name + " is a number from " + min + " to " + max);
    }
}
