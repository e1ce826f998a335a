package dev.notecast.server.http;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.AccessRequest;
import dev.notecast.server.access.Decision;
import dev.notecast.server.access.Scope;
import dev.notecast.server.ice.IceAudience;
import io.javalin.http.Context;

/** Tells clients the STUN and TURN servers to use, in {@code Link} headers (RFC 9725 §4.6). */
final class IceLinks {
    private static final int MAX_CHARS = 4096; // of the 8 KiB that an answer's head may have

    private final AccessPolicy policy;
    private final MediaApi media;

    IceLinks(AccessPolicy policy, MediaApi media) {
        this.policy = policy;
        this.media = media;
    }

    /** @param scope what the request wants to do, or asks about */
    void add(Context ctx, Scope scope) {
        int left = MAX_CHARS;
        for (IceServer server : media.iceServers(audience(Requests.describe(ctx), scope))) {
            String link =
                    switch (server) {
                        case StunServer stun -> target(stun);
                        case TurnServer turn ->
                            target(turn) + "; username=" + quoted(turn.username()) + "; credential="
                                    + quoted(turn.credential()) + "; credential-type=\"password\"";
                    };
            if (link.length() <= left && isHeaderText(link)) {
                left -= link.length();
                ctx.addHeader("Link", link);
            }
        }
    }

    /** OPTIONS is answered without a right, so that has to be looked at here. */
    private IceAudience audience(AccessRequest request, Scope scope) {
        if (!(policy.decide(request, scope) instanceof Decision.Allowed)) {
            return IceAudience.ANYBODY;
        }
        boolean guest = request.tunnel().isPresent()
                && !(policy.decide(request, new Scope.Admin()) instanceof Decision.Allowed);
        return guest ? IceAudience.GUEST : IceAudience.TRUSTED;
    }

    private static String target(IceServer server) {
        return "<" + server.uri() + ">; rel=\"ice-server\"";
    }

    private static boolean isHeaderText(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /** RFC 9110 §5.6.4. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
