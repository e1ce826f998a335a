package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Rule.present;
import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.media.webrtc.client.SignalingClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is let in, where there is a token. */
final class TokenRules {
    // a server may trust programs of its own machine, but not what a proxy there brings from elsewhere
    private static final Map<String, String> FROM_ELSEWHERE =
            Map.of("Content-Type", SignalingClient.SDP, "X-Forwarded-For", "192.0.2.1");

    private final Scene scene;
    private final Side side;
    private final URI endpoint;

    TokenRules(Scene scene, Side side) {
        this.scene = scene;
        this.side = side;
        endpoint = scene.target().endpoint(side);
    }

    List<Rule> rules(boolean contract) {
        return List.of(
                rule("without a token: 401 and WWW-Authenticate", "RFC 9110 §11.6.1", Level.MUST, () -> {
                    HttpResponse<String> response = post(endpoint, Optional.empty());
                    Answers.requireStatus(response, 401);
                    return present(
                            Answers.header(response, "WWW-Authenticate"), "401, but there is no WWW-Authenticate");
                }),
                rule("with a wrong token: 401 or 403", "RFC 6750 §3.1", Level.MUST, () -> {
                    HttpResponse<String> response = post(endpoint, Optional.of("wrong"));
                    require(
                            response.statusCode() == 401 || response.statusCode() == 403,
                            "answered " + Answers.status(response));
                    return Answers.status(response);
                }),
                rule(
                        "the token as a query is as good",
                        contract ? "interface" : "RFC 9725 §4.7.1",
                        contract ? Level.CONTRACT : Level.SHOULD,
                        () -> {
                            URI withToken = URI.create(endpoint + "?token="
                                    + scene.target().token().orElseThrow());
                            return Answers.requireStatus(post(withToken, Optional.empty()), 201);
                        }));
    }

    private Rule rule(String name, String section, Level level, Rule.Check check) {
        return new Rule(side, name, section, level, () -> {
            if (scene.target().token().isEmpty()) {
                throw new Rule.NotAsked("no token was given");
            }
            return check.seen();
        });
    }

    private HttpResponse<String> post(URI to, Optional<String> bearer) {
        HttpResponse<String> response = scene.http().send("POST", to, bearer, FROM_ELSEWHERE, scene.offer(side));
        if (response.statusCode() == 201) {
            scene.http().delete(Answers.location(endpoint, response));
        }
        return response;
    }
}
