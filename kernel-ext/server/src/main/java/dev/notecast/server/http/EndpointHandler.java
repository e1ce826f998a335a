package dev.notecast.server.http;

import dev.notecast.media.webrtc.SessionAnswer;
import io.javalin.http.Context;
import java.io.IOException;

/** Where WHIP (RFC 9725 §4.2) and WHEP sessions begin: an SDP offer comes in, the answer goes out. */
final class EndpointHandler {
    static final int MAX_SDP_BYTES = 128 * 1024;
    private static final String METHODS = "OPTIONS, POST";

    private final MediaApi media;
    private final HalfOpenSessions sessions;
    private final IceLinks iceLinks;

    EndpointHandler(MediaApi media, HalfOpenSessions sessions, IceLinks iceLinks) {
        this.media = media;
        this.sessions = sessions;
        this.iceLinks = iceLinks;
    }

    void handle(Context ctx, Target.Endpoint target) throws IOException {
        switch (ctx.req().getMethod()) {
            case "OPTIONS" -> describe(ctx, target);
            case "POST" -> open(ctx, target);
            default -> throw Refusal.methodNotAllowed(METHODS);
        }
    }

    private void describe(Context ctx, Target.Endpoint target) {
        ctx.header("Accept-Post", "application/sdp");
        Cors.preflight(ctx, METHODS);
        iceLinks.add(ctx, target.scope());
    }

    private void open(Context ctx, Target.Endpoint target) throws IOException {
        Exchange.requireType(ctx, "application/sdp");
        String offer = Exchange.body(ctx, MAX_SDP_BYTES);
        SessionAnswer answer = sessions.open(Requests.describe(ctx), () -> switch (target.direction()) {
            case WHIP -> media.publish(target.path(), offer);
            case WHEP -> media.read(target.path(), offer);
        });
        String kind = target.direction() == Target.Direction.WHIP ? "whip" : "whep";
        ctx.header("Location", "/" + target.path() + "/" + kind + "/" + answer.sessionId());
        ctx.header("ETag", "\"" + answer.etag() + "\"");
        ctx.header("Accept-Patch", SessionHandler.FRAGMENT_TYPE);
        iceLinks.add(ctx, target.scope());
        ctx.status(201).contentType("application/sdp").result(answer.sdp());
    }
}
