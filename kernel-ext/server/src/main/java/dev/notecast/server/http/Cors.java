package dev.notecast.server.http;

import io.javalin.http.Context;

/**
 * Opens media to pages of other origins, which then need a token. Never together with credentials: a browser's cookies
 * and passwords mean nothing here.
 */
final class Cors {
    private Cors() {}

    static void open(Context ctx) {
        ctx.header("Access-Control-Allow-Origin", "*");
        ctx.header(
                "Access-Control-Expose-Headers",
                "Location, ETag, Link, Accept-Patch, Retry-After, Notecast-Frame, Notecast-Time-Millis");
    }

    /** Answers the question that a browser asks before it sends a page's request. */
    static void preflight(Context ctx, String methods) {
        ctx.header("Allow", methods);
        ctx.header("Access-Control-Allow-Methods", methods);
        ctx.header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match");
        ctx.header("Access-Control-Max-Age", "600");
        ctx.status(204);
    }
}
