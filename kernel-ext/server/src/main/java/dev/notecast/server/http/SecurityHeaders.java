package dev.notecast.server.http;

import io.javalin.http.Context;

/** What every answer tells browsers about its limits. */
final class SecurityHeaders {
    // notebooks on this machine may frame a page; no inline script, no other origin, no plugin
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data: blob:; media-src 'self' blob: mediastream:; connect-src 'self';"
            + " form-action 'none'; base-uri 'none';"
            + " frame-ancestors 'self' http://localhost:* http://127.0.0.1:*";
    // a browser shows a picture in a page that it makes itself, with styles
    private static final String DATA_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private SecurityHeaders() {}

    /** For a page that holds its own scripts and styles: those and no others. */
    static String inlinePagePolicy(String html) {
        return PAGE_POLICY
                .replace("script-src 'self'", "script-src " + InlineHashes.of(html, "script"))
                .replace("style-src 'self'", "style-src " + InlineHashes.of(html, "style"));
    }

    static void set(Context ctx, Target target) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer"); // the address of a page may hold a token
        ctx.header("Content-Security-Policy", target instanceof Target.Static ? PAGE_POLICY : DATA_POLICY);
        if (target instanceof Target.Static) {
            ctx.header("Permissions-Policy", "camera=(self), microphone=(self), display-capture=(self)");
        }
        // a notebook's page imports the player; scripts are the same for everybody
        if (target.isMedia() || target instanceof Target.Asset) {
            Cors.open(ctx);
        }
    }

    /** Stops pages of other sites, of old browsers too, from showing what only this machine's own trust opened. */
    static void setEmbedding(Context ctx, Target target, boolean byToken) {
        boolean anywhere = byToken || target instanceof Target.Asset;
        ctx.header("Cross-Origin-Resource-Policy", anywhere ? "cross-origin" : "same-origin");
    }
}
