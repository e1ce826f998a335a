package dev.notecast.server.conformance;

import dev.notecast.server.conformance.Target.Sides;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a WHIP and WHEP server, rule by rule, whether it keeps to RFC 9725, draft-ietf-wish-whep and what they build on:
 * by HTTP, by ICE checks, and by a stream that is published and watched. It takes about ten seconds and leaves nothing
 * behind. Works with any server; nothing else may publish on the path meanwhile.
 */
public final class Conformance {
    private final Target target;
    private final Consumer<Result> progress;
    private final List<Result> results = new ArrayList<>();

    private Conformance(Target target, Consumer<Result> progress) {
        this.target = target;
        this.progress = progress;
    }

    /**
     * Asks all rules, blocking.
     *
     * @param progress is told of each result as it comes, on the calling thread
     * @throws IllegalStateException with a line for the user when no server is there
     */
    public static Report run(Target target, Consumer<Result> progress) {
        return new Conformance(target, progress).run();
    }

    private Report run() {
        try (Scene scene = new Scene(target)) {
            boolean contract = target.contract() || isNotecast(scene);
            if (target.sides() != Sides.READ_ONLY) {
                OfferRules offers = new OfferRules(scene);
                ask(new TokenRules(scene, Side.WHIP).rules(contract));
                askEndpoint(scene, Side.WHIP, contract, offers.forPublishers(contract));
                ask(new IceRules(scene).rules());
            }
            try (MediaRules media = new MediaRules(scene)) {
                if (target.sides() != Sides.READ_ONLY) {
                    ask(media.publishing(contract));
                }
                if (target.sides() != Sides.PUBLISH_ONLY) {
                    ask(new EmptyPathRules(scene).rules(contract));
                    ask(new TokenRules(scene, Side.WHEP).rules(contract));
                    askEndpoint(scene, Side.WHEP, contract, new OfferRules(scene).forViewers(contract));
                    ask(media.watching(target.sides() == Sides.BOTH));
                }
                if (target.sides() != Sides.READ_ONLY) {
                    ask(media.ending());
                }
            }
        }
        return new Report(results);
    }

    private void askEndpoint(Scene scene, Side side, boolean contract, List<Rule> offers) {
        ask(new EndpointRules(scene, side).rules(contract));
        ask(new CreatedRules(scene, side).rules());
        ask(new AnswerRules(scene, side).rules());
        ask(offers);
        ask(new PatchRules(scene, side).rules());
    }

    private void ask(List<Rule> rules) {
        for (Rule rule : rules) {
            Result result = rule.ask();
            results.add(result);
            progress.accept(result);
        }
    }

    /** Our own servers say so in the description of their API. Also the first request: is anybody there at all? */
    private boolean isNotecast(Scene scene) {
        try {
            var response = scene.http()
                    .send("GET", target.whip().resolve("/api/v1/openapi.json"), Optional.empty(), Map.of(), "");
            return response.statusCode() == 200 && response.body().contains("\"Notecast");
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("no server answers at " + target.whip() + ": is it running?", e);
        }
    }
}
