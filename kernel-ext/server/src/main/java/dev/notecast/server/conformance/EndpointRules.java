package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Answers.header;
import static dev.notecast.server.conformance.Answers.requireClientError;
import static dev.notecast.server.conformance.Answers.requireStatus;
import static dev.notecast.server.conformance.Rule.present;
import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.media.webrtc.client.SignalingClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The endpoint itself: OPTIONS, CORS and what it refuses. */
final class EndpointRules {
    private static final Map<String, String> PREFLIGHT = Map.of(
            "Origin", "https://player.example",
            "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "authorization,content-type");
    private static final int OVERSIZED = 1 << 20; // bytes

    private final Scene scene;
    private final Side side;
    private final URI endpoint;

    EndpointRules(Scene scene, Side side) {
        this.scene = scene;
        this.side = side;
        endpoint = scene.target().endpoint(side);
    }

    List<Rule> rules(boolean contract) {
        String setUp = side.section("4.2", "4.3");
        String cors = side.section("4.2", "4.4");
        return List.of(
                rule("OPTIONS is answered", cors, Level.MUST, () -> {
                    HttpResponse<String> response = options(Map.of());
                    require(response.statusCode() / 100 == 2, "answered " + Answers.status(response) + ", not 2xx");
                    return Answers.status(response);
                }),
                rule(
                        "OPTIONS names application/sdp in Accept-Post",
                        cors,
                        Level.SHOULD,
                        () -> contains(options(Map.of()), "Accept-Post", SignalingClient.SDP)),
                rule("a page of another origin may POST (CORS preflight)", cors, Level.MUST, this::preflight),
                rule(
                        "a CORS preflight gives no TURN credentials away",
                        side.section("4.6", "4.8"),
                        Level.SHOULD,
                        () -> {
                            boolean secrets = options(PREFLIGHT).headers().allValues("Link").stream()
                                    .anyMatch(link -> link.contains("credential="));
                            require(!secrets, "a Link with credential= came");
                            return "none";
                        }),
                rule(
                        "a body of another type is refused with 4xx",
                        setUp,
                        Level.MUST,
                        () -> refused("text/plain", scene.offer(side))),
                rule(
                        "a body that is no SDP is refused with 4xx",
                        setUp,
                        Level.MUST,
                        () -> refused(SignalingClient.SDP, "hello")),
                rule(
                        "an offer without m-lines is refused with 4xx",
                        setUp,
                        Level.MUST,
                        () -> refused(SignalingClient.SDP, "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n")),
                rule(
                        "an offer without fingerprint is refused with 4xx",
                        "RFC 8842 §5.1",
                        Level.MUST,
                        () -> refused(SignalingClient.SDP, without("a=fingerprint:"))),
                rule(
                        "an offer without ICE credentials is refused with 4xx",
                        "RFC 8839 §5.4",
                        Level.MUST,
                        () -> refused(SignalingClient.SDP, without("a=ice-"))),
                rule(
                        "a body of 1 MiB is refused with 413",
                        "RFC 9110 §15.5.14",
                        Level.SHOULD,
                        () -> requireStatus(
                                send("POST", SignalingClient.SDP, "v=0\r\n" + "a=x\r\n".repeat(OVERSIZED / 5)), 413)),
                contract
                        ? rule("GET is answered with 405 and Allow", "interface", Level.CONTRACT, () -> {
                            HttpResponse<String> response = send("GET", null, "");
                            requireStatus(response, 405);
                            return "405, Allow: " + present(header(response, "Allow"), "there is no Allow");
                        })
                        : rule("GET is answered with 2xx and nothing", side.section("4.1", "4.1"), Level.MUST, () -> {
                            HttpResponse<String> response = send("GET", null, "");
                            require(
                                    response.statusCode() / 100 == 2
                                            && response.body().isEmpty(),
                                    "answered " + Answers.status(response));
                            return Answers.status(response);
                        }));
    }

    private Rule rule(String name, String section, Level level, Rule.Check check) {
        return new Rule(side, name, section, level, check);
    }

    /** Without a token: a browser sends none with OPTIONS. */
    private HttpResponse<String> options(Map<String, String> headers) {
        return scene.http().send("OPTIONS", endpoint, Optional.empty(), headers, "");
    }

    private String preflight() {
        HttpResponse<String> response = options(PREFLIGHT);
        require(response.statusCode() / 100 == 2, "answered " + Answers.status(response) + ", not 2xx");
        String origin = present(header(response, "Access-Control-Allow-Origin"), "no Access-Control-Allow-Origin");
        require(origin.equals("*") || origin.equals("https://player.example"), "allows the origin " + origin + " only");
        contains(response, "Access-Control-Allow-Methods", "POST");
        contains(response, "Access-Control-Allow-Headers", "Authorization");
        return contains(response, "Access-Control-Allow-Headers", "Content-Type");
    }

    private static String contains(HttpResponse<String> response, String name, String value) {
        String given = present(header(response, name), "there is no " + name);
        boolean has = given.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
        require(has || given.equals("*"), name + ": " + given + " lacks " + value);
        return name + ": " + given;
    }

    private String without(String lines) {
        return scene.offer(side).replaceAll("(?m)^" + lines + ".*\r\n", "");
    }

    private String refused(String type, String body) {
        HttpResponse<String> response = send("POST", type, body);
        header(response, "Location").ifPresent(location -> scene.http().delete(endpoint.resolve(location)));
        return requireClientError(response);
    }

    private HttpResponse<String> send(String method, String type, String body) {
        return scene.http().send(method, endpoint, type == null ? Map.of() : Map.of("Content-Type", type), body);
    }
}
