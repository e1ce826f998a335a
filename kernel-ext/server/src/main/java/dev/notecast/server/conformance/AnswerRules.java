package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Rule.present;
import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.sdp.Attributes;
import dev.notecast.rtc.sdp.MediaDescription;
import dev.notecast.rtc.sdp.SessionDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The answer's SDP, held against the offer. One exchange serves all of them. */
final class AnswerRules {
    private record Pair(SessionDescription offer, SessionDescription answer) {
        List<MediaDescription> accepted() {
            return answer.media().stream().filter(media -> media.port() != 0).toList();
        }

        /** The transport's attribute: in the first accepted m-line, or for the session. */
        Optional<String> transport(String name) {
            return Stream.concat(accepted().stream().map(MediaDescription::attributes), Stream.of(answer.attributes()))
                    .flatMap(attributes -> attributes.all(name))
                    .findFirst();
        }
    }

    private final Scene scene;
    private final Side side;
    private Pair pair; // null before the first rule asks

    AnswerRules(Scene scene, Side side) {
        this.scene = scene;
        this.side = side;
    }

    List<Rule> rules() {
        String bundle = side.section("4.4.1", "4.6.1");
        return List.of(
                rule("the answer is well-formed SDP", "RFC 8866 §5", Level.MUST, pair -> {}),
                rule("it has the offer's m-lines in their order", "RFC 9429 §5.3.1", Level.MUST, this::lines),
                rule("each m-line keeps its mid", "RFC 9429 §5.3.1", Level.MUST, this::mids),
                rule("everything accepted is in one BUNDLE group", bundle, Level.MUST, this::bundle),
                rule("accepted m-lines say rtcp-mux", bundle, Level.MUST, pair -> all(pair, "rtcp-mux")),
                rule("accepted m-lines say rtcp-mux-only", bundle, Level.MUST, pair -> all(pair, "rtcp-mux-only")),
                rule(
                        side == Side.WHIP ? "the direction is recvonly" : "the direction is sendonly",
                        side.section("4.2", "4.3.5"),
                        Level.MUST,
                        this::direction),
                rule("a=setup is active or passive", "RFC 8842 §5.3", Level.MUST, this::setup),
                rule("payload types are the offer's", "RFC 3264 §6.1", Level.MUST, this::payloadTypes),
                rule("header extensions are the offer's", "RFC 8285 §6", Level.MUST, this::extensions),
                rule("the fingerprint is SHA-256 or better", "RFC 8122 §5", Level.MUST, this::fingerprint),
                rule("ICE credentials are long enough", "RFC 8445 §5.3", Level.MUST, this::credentials),
                rule("all candidates are in it", side.section("4.3.2", "4.5.2"), Level.MUST, this::candidates),
                rule(
                        "it says that there are no more",
                        "RFC 8840 §4.1.1",
                        Level.SHOULD,
                        pair -> require(
                                pair.transport("end-of-candidates").isPresent(), "there is no a=end-of-candidates")),
                rule(
                        "it says ice2",
                        "RFC 8445 §10",
                        Level.MUST,
                        pair -> require(
                                pair.transport("ice-options").orElse("").contains("ice2"), "a=ice-options lacks ice2")),
                rule("all tracks are of one MediaStream", side.section("4.4.2", "4.6.2"), Level.MUST, this::msid));
    }

    private Rule rule(String name, String section, Level level, Consumer<Pair> check) {
        return new Rule(side, name, section, level, () -> {
            check.accept(pair());
            return "";
        });
    }

    private Pair pair() {
        if (pair == null) {
            pair = scene.withSession(
                    side,
                    opened -> new Pair(
                            parsed(opened.offer()), parsed(opened.response().body())));
        }
        return pair;
    }

    private static SessionDescription parsed(String sdp) {
        return switch (SessionDescription.parse(sdp)) {
            case ParseResult.Ok<SessionDescription>(SessionDescription value) -> value;
            case ParseResult.Malformed<SessionDescription>(String reason) -> throw new Rule.Broken(reason);
        };
    }

    private void lines(Pair pair) {
        List<String> offered =
                pair.offer().media().stream().map(MediaDescription::type).toList();
        List<String> answered =
                pair.answer().media().stream().map(MediaDescription::type).toList();
        require(offered.equals(answered), "the offer has " + offered + ", the answer " + answered);
    }

    private void mids(Pair pair) {
        IntStream.range(0, pair.answer().media().size()).forEach(i -> {
            String mid = pair.answer().media().get(i).mid();
            require(mid.equals(pair.offer().media().get(i).mid()), "m-line " + i + " has mid '" + mid + "'");
        });
    }

    private void bundle(Pair pair) {
        String group = present(
                pair.answer()
                        .attributes()
                        .all("group")
                        .filter(value -> value.startsWith("BUNDLE"))
                        .findFirst(),
                "there is no a=group:BUNDLE");
        Set<String> mids = new HashSet<>(List.of(group.split(" ")));
        pair.accepted().forEach(media -> require(mids.contains(media.mid()), media.mid() + " is not in " + group));
    }

    private void all(Pair pair, String attribute) {
        pair.accepted().forEach(media -> require(media.attributes().has(attribute), "m=" + media.type() + " does not"));
    }

    private void direction(Pair pair) {
        String expected = side == Side.WHIP ? "recvonly" : "sendonly";
        List<MediaDescription> flowing = pair.accepted().stream()
                .filter(media -> !media.attributes().has("inactive"))
                .toList();
        require(!flowing.isEmpty(), "nothing of the offer is in use");
        for (MediaDescription media : flowing) {
            require(
                    media.attributes().has(expected)
                            || pair.answer().attributes().has(expected),
                    "m=" + media.type() + " does not say " + expected);
        }
    }

    private void setup(Pair pair) {
        String setup = present(pair.transport("setup"), "there is no a=setup");
        require(setup.equals("active") || setup.equals("passive"), "it is a=setup:" + setup);
    }

    private void payloadTypes(Pair pair) {
        IntStream.range(0, pair.answer().media().size()).forEach(i -> {
            List<String> offered = pair.offer().media().get(i).formats();
            List<String> answered = pair.answer().media().get(i).formats();
            require(offered.containsAll(answered), offered + " were offered, the answer has " + answered);
        });
    }

    private void extensions(Pair pair) {
        IntStream.range(0, pair.answer().media().size()).forEach(i -> {
            Set<String> offered = uris(pair.offer().media().get(i).attributes());
            Set<String> answered = uris(pair.answer().media().get(i).attributes());
            require(offered.containsAll(answered), answered + " are not all of those offered");
        });
    }

    /** Each with its id. */
    private static Set<String> uris(Attributes attributes) {
        return new HashSet<>(attributes
                .all("extmap")
                .map(value -> value.replaceFirst("^(\\d+)/\\w+", "$1"))
                .toList());
    }

    private void fingerprint(Pair pair) {
        String fingerprint = present(pair.transport("fingerprint"), "there is no a=fingerprint");
        require(
                fingerprint.matches("(?i)sha-(256|384|512) ([0-9A-F]{2}:){31,63}[0-9A-F]{2}"),
                "it is a=fingerprint:" + fingerprint.split(" ")[0]);
    }

    private void credentials(Pair pair) {
        int ufrag =
                present(pair.transport("ice-ufrag"), "there is no a=ice-ufrag").length();
        int pwd = present(pair.transport("ice-pwd"), "there is no a=ice-pwd").length();
        require(
                ufrag >= 4 && ufrag <= 256 && pwd >= 22 && pwd <= 256,
                "the ufrag has " + ufrag + " characters, the password " + pwd);
    }

    private void candidates(Pair pair) {
        List<String> lines = Stream.concat(
                        pair.accepted().stream().map(MediaDescription::attributes),
                        Stream.of(pair.answer().attributes()))
                .flatMap(attributes -> attributes.all("candidate"))
                .toList();
        require(!lines.isEmpty(), "there is no a=candidate");
        for (String line : lines) {
            require(Candidate.parse(line) instanceof ParseResult.Ok, "not well formed: a=candidate:" + line);
        }
    }

    private void msid(Pair pair) {
        if (side == Side.WHIP) {
            throw new Rule.NotAsked("a publisher's answer sends no tracks");
        }
        Set<String> streams = new HashSet<>();
        for (MediaDescription media : pair.accepted()) {
            if (!media.attributes().has("inactive")) {
                String msid = present(media.attributes().first("msid"), "m=" + media.type() + " has no a=msid");
                streams.add(msid.split(" ")[0]);
            }
        }
        require(streams.size() == 1, "the tracks are of the streams " + streams);
    }
}
