package dev.notecast.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.webrtc.SessionInfo;
import dev.notecast.server.NotecastException;
import dev.notecast.server.SessionKick;
import io.javalin.http.Context;

/** Who publishes and who watches by WebRTC, and ending them. */
final class ApiSessionsHandler {
    private final ObjectMapper json = new ObjectMapper();
    private final MediaApi media;

    ApiSessionsHandler(MediaApi media) {
        this.media = media;
    }

    void list(Context ctx) throws JsonProcessingException {
        Exchange.requireGet(ctx);
        ObjectNode node = json.createObjectNode();
        var items = node.putArray("sessions");
        media.sessions().forEach(session -> items.add(describe(session)));
        ctx.header("Cache-Control", "no-store");
        ctx.contentType("application/json").result(json.writeValueAsBytes(node));
    }

    void end(Context ctx, String id) {
        if (!ctx.req().getMethod().equals("DELETE")) {
            throw Refusal.methodNotAllowed("DELETE");
        }
        try {
            SessionKick.end(media, id);
            ctx.status(204);
        } catch (NotecastException e) {
            throw Refusal.notFound(e.getMessage());
        }
    }

    private ObjectNode describe(SessionInfo session) {
        ObjectNode node = json.createObjectNode();
        node.put("id", session.shortId());
        node.put("path", session.path().value());
        node.put("kind", session.publisher() ? "publisher" : "viewer");
        node.put("state", session.state());
        node.put("packets", session.packets());
        node.put("bytes", session.bytes());
        return node;
    }
}
