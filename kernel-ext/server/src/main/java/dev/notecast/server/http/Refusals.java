package dev.notecast.server.http;

import dev.notecast.media.ingest.upload.BadImageException;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathFullException;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.media.webrtc.SignalingException;
import dev.notecast.vision.filter.FilterException;
import dev.notecast.vision.pipeline.PipelineException;
import io.javalin.http.Context;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what handlers throw into status codes. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Pattern SESSION_ID = Pattern.compile("/(whip|whep)/[^/]*$");
    private static final Map<String, String> SOON = Map.of("Retry-After", "2");
    private static final Map<String, String> LATER = Map.of("Retry-After", "10");

    private Refusals() {}

    static void answer(Context ctx, RuntimeException thrown) {
        if (ctx.res().isCommitted()) {
            LOG.debug("an answer ended early", thrown);
            return;
        }
        Refusal refusal = refusal(thrown);
        refusal.headers().forEach(ctx::header);
        if (refusal.status() == 500) {
            // without the query, where a token may be, and without the id that opens a session
            String place = SESSION_ID.matcher(ctx.req().getRequestURI()).replaceFirst("/$1/..");
            LOG.warn("{} {} failed", ctx.req().getMethod(), place, thrown);
        }
        if (refusal.status() == 413) {
            Exchange.textAheadOfBody(ctx, refusal.status(), refusal.getMessage());
        } else {
            Exchange.text(ctx, refusal.status(), refusal.getMessage());
        }
    }

    private static Refusal refusal(RuntimeException thrown) {
        return switch (thrown) {
            case Refusal refusal -> refusal;
            case NoStreamException e -> new Refusal(404, e.getMessage(), SOON);
            case PathTakenException e -> new Refusal(409, e.getMessage());
            case PathFullException e -> new Refusal(503, e.getMessage(), LATER);
            case FilterException e -> new Refusal(400, e.getMessage());
            case PipelineException e -> new Refusal(409, e.getMessage());
            case BadImageException e -> new Refusal(e.isUnknownType() ? 415 : 400, e.getMessage());
            case SignalingException e ->
                switch (e.kind()) {
                    case BAD_SDP -> new Refusal(400, e.getMessage());
                    case NO_COMMON_CODEC -> new Refusal(406, e.getMessage());
                    case TOO_MANY_SESSIONS -> new Refusal(503, e.getMessage(), LATER);
                    case UNKNOWN_SESSION -> new Refusal(404, e.getMessage());
                    case DISMISSED -> new Refusal(410, e.getMessage());
                    case OTHER_GENERATION -> new Refusal(412, e.getMessage());
                    case TOO_OFTEN -> new Refusal(429, e.getMessage(), Map.of("Retry-After", "1"));
                    case BUSY -> new Refusal(503, e.getMessage(), SOON);
                };
            default -> new Refusal(500, "something went wrong in the server: its log says what");
        };
    }
}
