package dev.notecast.server.http;

import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.RestartAnswer;
import dev.notecast.media.webrtc.SignalingException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Changes and ends a WHIP or WHEP session (RFC 9725 §4.3). */
final class SessionHandler {
    static final String FRAGMENT_TYPE = "application/trickle-ice-sdpfrag";
    private static final int MAX_FRAGMENT_BYTES = 128 * 1024;
    private static final String METHODS = "DELETE, OPTIONS, PATCH";

    private final MediaApi media;

    SessionHandler(MediaApi media) {
        this.media = media;
    }

    void handle(Context ctx, Target.Session target) throws IOException {
        switch (ctx.req().getMethod()) {
            case "OPTIONS" -> Cors.preflight(ctx, METHODS);
            case "PATCH" -> change(ctx, target);
            case "DELETE" -> end(ctx, target);
            default -> throw Refusal.methodNotAllowed(METHODS);
        }
    }

    private void change(Context ctx, Target.Session target) throws IOException {
        Exchange.requireType(ctx, FRAGMENT_TYPE);
        requireSession(media, target.path(), target.id());
        String ifMatch = ctx.header("If-Match");
        if (ifMatch == null) {
            throw new Refusal(428, "send the session's ETag as If-Match");
        }
        if (ifMatch.trim().equals("*")) {
            restart(ctx, target.id());
            return;
        }
        String etag = "\"" + media.etag(target.id()) + "\"";
        if (Arrays.stream(ifMatch.split(",")).map(String::trim).noneMatch(etag::equals)) {
            throw new Refusal(412, "If-Match names an earlier ICE generation of the session");
        }
        media.trickle(target.id(), Exchange.body(ctx, MAX_FRAGMENT_BYTES));
        ctx.status(204);
    }

    /** §4.3.3: media keeps its way until the new generation has found one. */
    private void restart(Context ctx, String id) throws IOException {
        Optional<RestartAnswer> answer = media.restart(id, Exchange.body(ctx, MAX_FRAGMENT_BYTES));
        if (answer.isEmpty()) {
            ctx.status(204);
            return;
        }
        ctx.header("ETag", "\"" + answer.get().etag() + "\"");
        ctx.status(200).contentType(FRAGMENT_TYPE).result(answer.get().sdpFragment());
    }

    private void end(Context ctx, Target.Session target) {
        requireSession(media, target.path(), target.id());
        if (!media.end(target.id())) {
            throw unknown();
        }
        ctx.status(200);
    }

    /** A token for one path must not reach a session of another. */
    static void requireSession(MediaApi media, PathName path, String id) {
        try {
            if (!media.pathOf(id).equals(path)) {
                throw unknown();
            }
        } catch (SignalingException e) {
            throw e.kind() == SignalingException.Kind.UNKNOWN_SESSION ? unknown() : e;
        }
    }

    static Refusal unknown() {
        return Refusal.notFound("there is no such session, or it has ended");
    }
}
