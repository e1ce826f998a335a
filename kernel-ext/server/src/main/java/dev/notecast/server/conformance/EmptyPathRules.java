package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Rule.present;

import dev.notecast.media.webrtc.client.SignalingClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Who wants to watch where nobody publishes. */
final class EmptyPathRules {
    private final Scene scene;

    EmptyPathRules(Scene scene) {
        this.scene = scene;
    }

    List<Rule> rules(boolean contract) {
        return List.of(
                new Rule(
                        Side.WHEP,
                        "where nobody publishes: " + (contract ? "404" : "4xx"),
                        contract ? "interface" : "WHEP-03 §4.3.8",
                        contract ? Level.CONTRACT : Level.SHOULD,
                        () -> contract
                                ? Answers.requireStatus(response(), 404)
                                : Answers.requireClientError(response())),
                new Rule(
                        Side.WHEP,
                        "and Retry-After says when to ask again",
                        "WHEP-03 §4.3.8",
                        Level.SHOULD,
                        () -> present(Answers.header(response(), "Retry-After"), "there is no Retry-After") + " s"));
    }

    private HttpResponse<String> response() {
        return scene.http()
                .send(
                        "POST",
                        scene.target().emptyWhep("empty"),
                        Map.of("Content-Type", SignalingClient.SDP),
                        scene.offer(Side.WHEP));
    }
}
