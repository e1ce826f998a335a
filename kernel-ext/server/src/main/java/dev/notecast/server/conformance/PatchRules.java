package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Answers.header;
import static dev.notecast.server.conformance.Rule.present;
import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.media.webrtc.client.SignalingClient;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.sdp.SdpFragment;
import dev.notecast.server.conformance.Scene.Opened;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Trickle ICE and ICE restarts by PATCH, in a session that carries nothing yet. */
final class PatchRules {
    private static final Pattern OPTIONS = Pattern.compile("(?m)^a=ice-options:(.*?)\\s*$");

    /** What one restart brought. */
    private record Restart(
            String answer, String oldEtag, HttpResponse<String> response, HttpResponse<String> trickledWithOldEtag) {
        SdpFragment fragment() {
            Answers.requireStatus(response, 200);
            return switch (SdpFragment.parse(response.body())) {
                case ParseResult.Ok<SdpFragment>(SdpFragment fragment) -> fragment;
                case ParseResult.Malformed<SdpFragment>(String reason) -> throw new Rule.Broken(reason);
            };
        }
    }

    private final Scene scene;
    private final Side side;
    private Restart restart; // null before the first rule asks

    PatchRules(Scene scene, Side side) {
        this.scene = scene;
        this.side = side;
    }

    List<Rule> rules() {
        String patch = side.section("4.3.1", "4.5.1");
        String trickle = side.section("4.3.2", "4.5.2");
        String restarts = side.section("4.3.3", "4.5.3");
        return List.of(
                rule(
                        "candidates trickle: 204, no body, no ETag",
                        trickle,
                        Level.MUST,
                        opened -> trickled(patch(opened, opened.etag(), own(opened)))),
                rule(
                        "candidates of no use are ignored: 204",
                        trickle,
                        Level.MUST,
                        opened -> trickled(patch(
                                opened,
                                opened.etag(),
                                own(opened)
                                        + "a=candidate:9 1 udp 2122260223 5f1f2a3c-7a1e-4c1d-9d6e-0123456789ab.local 50000 typ host\r\n"
                                        + "a=candidate:8 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active\r\n"))),
                rule(
                        "without If-Match: 428",
                        patch,
                        Level.MUST,
                        opened -> Answers.requireStatus(
                                scene.http()
                                        .send(
                                                "PATCH",
                                                opened.location(),
                                                Map.of("Content-Type", SignalingClient.FRAGMENT),
                                                own(opened)),
                                428)),
                rule(
                        "with an ETag that is not its own: 412",
                        patch,
                        Level.MUST,
                        opened -> Answers.requireStatus(patch(opened, "\"other\"", own(opened)), 412)),
                rule("a fragment of another type is refused with 4xx", patch, Level.MUST, opened -> {
                    Map<String, String> headers =
                            Map.of("Content-Type", SignalingClient.SDP, "If-Match", opened.etag());
                    return Answers.requireClientError(
                            scene.http().send("PATCH", opened.location(), headers, own(opened)));
                }),
                rule(
                        "a body that is no fragment is refused with 4xx",
                        patch,
                        Level.MUST,
                        opened -> Answers.requireClientError(patch(opened, opened.etag(), "hello"))),
                new Rule(side, "ICE restarts with If-Match: * and 200", restarts, Level.SHOULD, () -> {
                    Answers.requireStatus(restart().response(), 200);
                    String type = Answers.type(restart().response());
                    require(type.equals(SignalingClient.FRAGMENT), "its body is " + type);
                    return "200";
                }),
                new Rule(side, "a restart brings a new ufrag and password", restarts, Level.MUST, () -> {
                    var ice = present(restart().fragment().ice(), "the fragment has no credentials");
                    require(
                            !restart().answer().contains("a=ice-ufrag:" + ice.ufrag() + "\r"),
                            "the ufrag is the old one");
                    require(
                            !restart().answer().contains("a=ice-pwd:" + ice.pwd() + "\r"),
                            "the password is the old one");
                    return "";
                }),
                new Rule(side, "a restart brings a new ETag", restarts, Level.MUST, () -> {
                    Answers.requireStatus(restart().response(), 200);
                    String etag = present(header(restart().response(), "ETag"), "there is no ETag");
                    require(!etag.equals(restart().oldEtag()), "it is the old one");
                    return "";
                }),
                new Rule(side, "a restart brings candidates", restarts, Level.MUST, () -> {
                    int count = restart().fragment().candidates().size();
                    require(count > 0, "there are none");
                    return count + " candidates";
                }),
                new Rule(side, "a restart keeps the answer's ice-options", restarts, Level.MUST, () -> {
                    Answers.requireStatus(restart().response(), 200);
                    Optional<String> before = options(restart().answer());
                    Optional<String> after = options(restart().response().body());
                    require(before.equals(after), before.orElse("none") + " became " + after.orElse("none"));
                    return before.orElse("none");
                }),
                new Rule(side, "after a restart the old ETag is 412", patch, Level.MUST, () -> {
                    Answers.requireStatus(restart().response(), 200);
                    return Answers.requireStatus(restart().trickledWithOldEtag(), 412);
                }));
    }

    private Rule rule(String name, String section, Level level, Function<Opened, String> check) {
        return new Rule(side, name, section, level, () -> scene.withSession(side, check));
    }

    private HttpResponse<String> patch(Opened opened, String ifMatch, String fragment) {
        return scene.http().patch(opened.location(), ifMatch, fragment);
    }

    private static String own(Opened opened) {
        return opened.session().candidates().toString();
    }

    private static String trickled(HttpResponse<String> response) {
        Answers.requireStatus(response, 204);
        require(response.body().isEmpty(), "there is a body");
        require(header(response, "ETag").isEmpty(), "there is an ETag");
        return "204";
    }

    private Restart restart() {
        if (restart == null) {
            restart = scene.withSession(side, opened -> {
                HttpResponse<String> response =
                        patch(opened, "*", opened.session().beginRestart().toString());
                HttpResponse<String> late = patch(opened, opened.etag(), own(opened));
                return new Restart(opened.response().body(), opened.etag(), response, late);
            });
        }
        return restart;
    }

    private static Optional<String> options(String sdp) {
        Matcher matcher = OPTIONS.matcher(sdp);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
