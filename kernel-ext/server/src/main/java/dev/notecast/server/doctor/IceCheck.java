package dev.notecast.server.doctor;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.StunServer;
import dev.notecast.media.relay.TrialResult;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.server.doctor.Running.Relays;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The STUN and TURN servers in use, each from end to end, and the media port as STUN servers see it. */
final class IceCheck {
    private IceCheck() {}

    /** One server, tried. */
    record Tried(IceServer server, TrialResult test) {}

    static Checked<Tried> one(IceServer server, Function<IceServer, TrialResult> trial) {
        TrialResult test = trial.apply(server);
        return Checked.of(new Tried(server, test), line(server, test));
    }

    /** One that is not through with its trial when the others are. */
    static Checked<Tried> late(IceServer server) {
        TrialResult test = new TrialResult(
                server,
                false,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                "no answer within ten seconds: the host is down, or" + " a firewall is in between");
        return Checked.of(new Tried(server, test), line(server, test));
    }

    private static Finding line(IceServer server, TrialResult test) {
        String problem = withoutUri(test.problem(), server.uri());
        if (test.works()) {
            String gives = String.join(", ", test.candidates()) + " in "
                    + test.ready().toMillis() + " ms"
                    + (server instanceof TurnServer && !test.roundTrip().isZero()
                            ? ", a packet through it took " + test.roundTrip().toMillis() + " ms"
                            : "");
            return problem.isEmpty() ? Finding.ok(server.uri(), gives) : Finding.note(server.uri(), gives, problem, "");
        }
        int colon = problem.indexOf(": "); // what is wrong comes first, what to do after it
        String wrong = colon < 0 ? problem : problem.substring(0, colon);
        String fix = colon < 0 ? "" : problem.substring(colon + 2);
        return switch (server) {
            // one of several, as a rule, and nobody chose the defaults
            case StunServer stun -> Finding.note(server.uri(), wrong, "", fix);
            case TurnServer turn -> Finding.problem(server.uri(), wrong, "", fix);
        };
    }

    private static String withoutUri(String problem, String uri) {
        return problem.startsWith(uri + ": ") ? problem.substring(uri.length() + 2) : problem;
    }

    /** What all of them together mean. */
    static Checked<Relays> all(List<Tried> tried, int udpPort) {
        List<Tried> stuns = tried.stream()
                .filter(each ->
                        each.server() instanceof StunServer && each.test().works())
                .toList();
        Set<String> seen = stuns.stream()
                .flatMap(each -> each.test().candidates().stream())
                .map(candidate -> candidate.replace("srflx ", ""))
                .filter(candidate -> !candidate.startsWith("["))
                .collect(Collectors.toSet());
        boolean symmetric = seen.size() > 1;
        Relays relays = new Relays(
                !stuns.isEmpty(),
                symmetric,
                tried.stream()
                        .anyMatch(each -> each.server() instanceof TurnServer
                                && each.test().works()),
                tried.stream()
                        .filter(each -> each.server() instanceof TurnServer
                                && !each.test().works())
                        .map(each -> each.server().uri())
                        .toList());
        List<Finding> lines = new ArrayList<>();
        if (symmetric) {
            lines.add(Finding.note(
                    "Media port",
                    "UDP " + udpPort + " is seen as " + String.join(" and as ", seen),
                    "the NAT is symmetric, so media needs a TURN server",
                    ""));
        } else if (!seen.isEmpty()) {
            lines.add(Finding.ok(
                    "Media port",
                    "UDP " + udpPort + " is seen as " + seen.iterator().next()));
        }
        return new Checked<>(relays, lines);
    }
}
