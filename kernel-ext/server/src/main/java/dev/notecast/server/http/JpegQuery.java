package dev.notecast.server.http;

import dev.notecast.media.frame.JpegOptions;
import io.javalin.http.Context;

/** Reads {@code ?width=&q=&fps=}; what is left out is as the path was started. */
final class JpegQuery {
    private JpegQuery() {}

    static JpegOptions parse(Context ctx, JpegOptions standard) {
        int width = QueryNumber.read(ctx, "width", standard.width(), 0, 7680);
        if (width > 0 && width < 16) {
            throw new Refusal(400, "width is 16 to 7680, or 0 for the stream's own");
        }
        return new JpegOptions(
                width,
                QueryNumber.read(ctx, "q", standard.quality(), 1, 100),
                QueryNumber.read(ctx, "fps", standard.fps(), 1, 120));
    }
}
