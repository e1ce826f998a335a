package dev.notecast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.access.Decision;
import dev.notecast.server.access.Redeemed;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.Function;

/** Where a page takes the secret of its link, which no request's address ever holds, and gets a token. */
final class InviteHandler {
    private static final int MAX_BYTES = 1024;

    private final AccessPolicy policy;
    private final Function<Decision, Refusal> refusals;

    InviteHandler(AccessPolicy policy, Function<Decision, Refusal> refusals) {
        this.policy = policy;
        this.refusals = refusals;
    }

    void handle(Context ctx) throws IOException {
        if (!ctx.req().getMethod().equals("POST")) {
            throw Refusal.methodNotAllowed("POST");
        }
        Exchange.requireType(ctx, "application/json");
        JsonNode invite = Json.read(Exchange.bytes(ctx, MAX_BYTES)).path("invite");
        if (!invite.isTextual()) {
            throw new Refusal(400, "the JSON's 'invite' must be the text after 'invite=' in the link");
        }
        switch (policy.redeem(Requests.describe(ctx), invite.textValue())) {
            case Redeemed.Token token -> {
                ObjectNode node = Json.object();
                node.put("token", token.value());
                node.put("expiresInSeconds", token.lifetime().toSeconds());
                Json.answer(ctx, node);
            }
            case Redeemed.No(Decision why) -> throw refusals.apply(why);
        }
    }
}
