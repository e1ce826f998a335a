package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Answers.header;
import static dev.notecast.server.conformance.Rule.present;
import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.media.webrtc.client.SignalingClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What comes back when an offer is taken, apart from the answer's SDP, and how a session ends. */
final class CreatedRules {
    private static final int RANDOM_BITS = 64; // what a URL must at least hold, so that nobody guesses it
    private static final Pattern ICE_LINK = Pattern.compile(
            "<(stun|stuns|turn|turns):[^>\\s]+>\\s*(;\\s*[a-z-]+=(\"[^\"]*\"|[^\\s;,]+)\\s*)*",
            Pattern.CASE_INSENSITIVE);

    private final Scene scene;
    private final Side side;

    CreatedRules(Scene scene, Side side) {
        this.scene = scene;
        this.side = side;
    }

    List<Rule> rules() {
        String setUp = side.section("4.2", "4.3.1");
        String patch = side.section("4.3.1", "4.5.1");
        return List.of(
                rule("an offer is answered with 201", setUp, Level.MUST, () -> created(Answers::status)),
                rule(
                        "its body is application/sdp",
                        setUp,
                        Level.MUST,
                        () -> created(response -> {
                            require(
                                    Answers.type(response).equals(SignalingClient.SDP),
                                    "Content-Type is " + Answers.type(response));
                            return Answers.type(response);
                        })),
                rule(
                        "Location points to the session",
                        setUp,
                        Level.MUST,
                        () -> created(response -> {
                            URI location = Answers.location(scene.target().endpoint(side), response);
                            require(!location.equals(scene.target().endpoint(side)), "it is the endpoint itself");
                            return "given";
                        })),
                rule("the session's URL cannot be guessed", side.section("5", "5"), Level.SHOULD, this::unguessable),
                rule(
                        "a strong ETag names the ICE session",
                        patch,
                        Level.MUST,
                        () -> created(response -> {
                            String etag = present(header(response, "ETag"), "there is no ETag");
                            require(etag.matches("\"[\\x21\\x23-\\x7e]+\""), etag + " is no strong entity-tag");
                            return "given";
                        })),
                rule(
                        "Accept-Patch says how to change it",
                        "RFC 5789 §3.1",
                        Level.SHOULD,
                        () -> created(response -> {
                            String types = present(header(response, "Accept-Patch"), "there is no Accept-Patch");
                            require(types.contains(SignalingClient.FRAGMENT), types);
                            return types;
                        })),
                rule("pages may read Location, ETag and Link", "Fetch §3.3.3", Level.SHOULD, this::exposed),
                rule(
                        "Link names ICE servers well",
                        side.section("4.6", "4.8"),
                        Level.MUST,
                        () -> created(CreatedRules::iceServers)),
                rule(
                        "DELETE is answered with 200 and ignores If-Match",
                        side.section("4.3.1", "4.5.1"),
                        Level.MUST,
                        () -> scene.withSession(
                                side,
                                opened -> Answers.requireStatus(
                                        scene.http()
                                                .send("DELETE", opened.location(), Map.of("If-Match", "\"other\""), ""),
                                        200))),
                rule("another session may follow at once", side.section("4.2", "4.4"), Level.SHOULD, () -> {
                    scene.withSession(side, opened -> "");
                    HttpResponse<String> next = scene.tryOffer(side, scene.offer(side));
                    return Answers.requireStatus(next, 201);
                }),
                rule(
                        "a session that has ended is 404",
                        "RFC 9110 §15.5.5",
                        Level.SHOULD,
                        () -> scene.withSession(side, opened -> {
                            scene.http().delete(opened.location());
                            return Answers.requireStatus(scene.http().delete(opened.location()), 404);
                        })),
                rule(
                        "a session that never was is 404",
                        "RFC 9110 §15.5.5",
                        Level.SHOULD,
                        () -> scene.withSession(
                                side,
                                opened -> Answers.requireStatus(
                                        scene.http().delete(opened.location().resolve("0".repeat(32))), 404))));
    }

    private Rule rule(String name, String section, Level level, Rule.Check check) {
        return new Rule(side, name, section, level, check);
    }

    private String created(Function<HttpResponse<String>, String> check) {
        return scene.withSession(side, opened -> check.apply(opened.response()));
    }

    private String exposed() {
        HttpResponse<String> response = scene.http()
                .send(
                        "POST",
                        scene.target().endpoint(side),
                        Map.of("Content-Type", SignalingClient.SDP, "Origin", "https://player.example"),
                        scene.offer(side));
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new Rule.NotAsked("pages of other origins are not let in: " + Answers.status(response));
        }
        Answers.requireStatus(response, 201);
        scene.http().delete(Answers.location(scene.target().endpoint(side), response));
        String exposed =
                present(header(response, "Access-Control-Expose-Headers"), "there is no Access-Control-Expose-Headers");
        for (String name : List.of("Location", "ETag", "Link")) {
            require(exposed.contains(name) || exposed.equals("*"), exposed + " lacks " + name);
        }
        return exposed;
    }

    private String unguessable() {
        String first = scene.withSession(side, opened -> opened.location().toString());
        String second = scene.withSession(side, opened -> opened.location().toString());
        require(!first.equals(second), "two sessions have the same URL");
        int same = 0;
        while (same < Math.min(first.length(), second.length()) && first.charAt(same) == second.charAt(same)) {
            same++;
        }
        String random = second.substring(same).replaceAll("[^A-Za-z0-9_-]", "");
        int bits = random.matches("[0-9a-fA-F-]*") ? 4 * random.replace("-", "").length() : 6 * random.length();
        require(bits >= RANDOM_BITS, "two sessions' URLs differ in " + bits + " bits at most");
        return "about " + bits + " bits";
    }

    private static String iceServers(HttpResponse<String> response) {
        List<String> links = response.headers().allValues("Link").stream()
                .filter(link -> link.contains("ice-server"))
                .flatMap(link -> Arrays.stream(link.split(",\\s*(?=<)")))
                .toList();
        if (links.isEmpty()) {
            throw new Rule.NotAsked("it names none");
        }
        for (String link : links) {
            require(ICE_LINK.matcher(link.strip()).matches(), "not well formed: a Link of " + link.length() + " bytes");
            boolean turn = link.toLowerCase(Locale.ROOT).startsWith("<turn");
            require(
                    !turn || link.contains("username=") && link.contains("credential="),
                    "a TURN server without username and credential");
        }
        return links.size() + " named";
    }
}
