package dev.notecast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.SessionAnswer;
import dev.notecast.server.access.Scope;
import dev.notecast.vision.filter.FilterException;
import dev.notecast.vision.pipeline.PipelineException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code /webrtc/offer}, as clients of other servers know it: an SDP offer in JSON comes in, the answer goes out, and no
 * candidate follows. What the client sends is published; where it receives video it gets the path back, through the filter
 * that it names as {@code model}.
 */
final class JsonOfferHandler {
    private static final int MAX_BYTES = 2 * EndpointHandler.MAX_SDP_BYTES; // line ends are escaped
    private static final String METHODS = "OPTIONS, POST";

    private final MediaApi media;
    private final HalfOpenSessions sessions;
    private final IceLinks iceLinks;
    private final FilterChoices filters;

    JsonOfferHandler(MediaApi media, HalfOpenSessions sessions, IceLinks iceLinks, FilterChoices filters) {
        this.media = media;
        this.sessions = sessions;
        this.iceLinks = iceLinks;
        this.filters = filters;
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
        ObjectNode node = Json.object();
        Optional<PathName> processed = processed(ctx, path, offer.path("model").asText(""), node);
        SessionAnswer answer = sessions.open(Requests.describe(ctx), () -> media.exchange(path, processed, sdp));
        ctx.header("Location", "/" + path + "/whip/" + answer.sessionId()); // to ask about it or end it
        node.put("sdp", answer.sdp());
        node.put("type", "answer");
        node.put("pc_id", answer.sessionId());
        Json.answer(ctx, node);
    }

    /** A client that asks for a filter that it cannot have gets its video unchanged, and is told so in the answer. */
    private Optional<PathName> processed(Context ctx, PathName path, String model, ObjectNode answer) {
        if (model.isEmpty() || model.equals("none") || model.equals("null")) {
            return Optional.empty();
        }
        try {
            PathName output = filters.choose(Requests.describe(ctx), path, model);
            answer.put("model", model);
            answer.put("output", output.value());
            return Optional.of(output);
        } catch (Refusal | FilterException | PipelineException e) {
            answer.put("model", "none");
            answer.put("note", e.getMessage() + "; the video is not changed");
            return Optional.empty();
        }
    }
}
