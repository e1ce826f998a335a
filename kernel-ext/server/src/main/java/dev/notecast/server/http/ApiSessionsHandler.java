package dev.notecast.server.http;

import dev.notecast.server.NotecastException;
import dev.notecast.server.SessionKick;
import io.javalin.http.Context;

/** Ends WebRTC sessions by the names that tables show. */
final class ApiSessionsHandler {
    private final MediaApi media;

    ApiSessionsHandler(MediaApi media) {
        this.media = media;
    }

    void end(Context ctx, String id) {
        if (!ctx.req().getMethod().equals("DELETE")) {
            throw Refusal.methodNotAllowed("DELETE, GET, HEAD");
        }
        try {
            SessionKick.end(media, id);
            ctx.status(204);
        } catch (NotecastException e) {
            throw Refusal.notFound(e.getMessage());
        }
    }
}
