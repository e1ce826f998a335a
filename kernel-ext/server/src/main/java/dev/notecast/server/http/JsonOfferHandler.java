package dev.notecast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.SessionAnswer;
import dev.notecast.server.access.Scope;
import io.javalin.http.Context;
import java.io.IOException;

/**
 * {@code /webrtc/offer}, as clients of other servers know it: an SDP offer in JSON comes in, the answer goes out, and no
 * candidate follows. What the client sends is published; where it receives video it gets the path back.
 */
final class JsonOfferHandler {
    private static final int MAX_BYTES = 2 * EndpointHandler.MAX_SDP_BYTES; // line ends are escaped
    private static final String METHODS = "OPTIONS, POST";

    private final MediaApi media;
    private final HalfOpenSessions sessions;
    private final IceLinks iceLinks;

    JsonOfferHandler(MediaApi media, HalfOpenSessions sessions, IceLinks iceLinks) {
        this.media = media;
        this.sessions = sessions;
        this.iceLinks = iceLinks;
    }

    void handle(Context ctx, PathName path) throws IOException {
        switch (ctx.req().getMethod()) {
            case "OPTIONS" -> {
                Cors.preflight(ctx, METHODS);
                iceLinks.add(ctx, new Scope.Publish(path));
            }
            case "POST" -> exchange(ctx, path);
            default -> throw Refusal.methodNotAllowed(METHODS);
        }
    }

    private void exchange(Context ctx, PathName path) throws IOException {
        Exchange.requireType(ctx, "application/json");
        JsonNode offer = Json.read(Exchange.bytes(ctx, MAX_BYTES));
        if (!offer.path("type").asText().equals("offer")) {
            throw new Refusal(400, "the JSON's 'type' must be 'offer'");
        }
        if (!offer.path("sdp").isTextual()) {
            throw new Refusal(400, "the JSON's 'sdp' must be the offer's text");
        }
        String sdp = offer.path("sdp").textValue();
        SessionAnswer answer = sessions.open(Requests.describe(ctx), () -> media.exchange(path, sdp));
        ctx.header("Location", "/" + path + "/whip/" + answer.sessionId()); // to ask about it or end it
        Json.answer(ctx, describe(answer, offer.path("model")));
    }

    /** A client that asks for a filter that is not there gets its video unchanged, and is told so. */
    private static ObjectNode describe(SessionAnswer answer, JsonNode model) {
        ObjectNode node = Json.object();
        node.put("sdp", answer.sdp());
        node.put("type", "answer");
        node.put("pc_id", answer.sessionId());
        String asked = model.asText("");
        if (!asked.isEmpty() && !asked.equals("none") && !asked.equals("null")) {
            node.put("model", "none");
            node.put("note", "this server has no such filter: the video is not changed");
        }
        return node;
    }
}
