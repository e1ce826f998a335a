package dev.notecast.server.doctor;

import dev.notecast.server.doctor.Facts.MediaWay;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one change to make. The first row that fits decides: what is nearer to this machine comes first, since nothing
 * behind it can be judged before it is right.
 *
 * <table>
 * <caption>Decisions</caption>
 * <tr><th>when</th><th>change</th><th>made by {@code %doctor fix}</th></tr>
 * <tr><td>no server runs, and a port that it would need is taken</td><td>{@code %sfu start --port ..}</td><td>yes</td></tr>
 * <tr><td>the clock is more than two minutes off</td><td>set it</td><td>no: needs root</td></tr>
 * <tr><td>no server runs in this notebook</td><td>{@code %sfu start}</td><td>yes</td></tr>
 * <tr><td>there is only the loopback interface</td><td>connect the machine</td><td>no</td></tr>
 * <tr><td>nothing outside answers in any way</td><td>connect the network</td><td>no</td></tr>
 * <tr><td>a tunnel leads elsewhere or nowhere</td><td>{@code %tunnel stop X}, {@code %tunnel start X}</td><td>no: public</td></tr>
 * <tr><td colspan="3">where media of browsers elsewhere has no way yet:</td></tr>
 * <tr><td>a TURN server that would help is in use and does not work</td><td>{@code %ice remove ..}, then another</td><td>no: secret</td></tr>
 * <tr><td>of all ways out only the web is left</td><td>{@code %ice add turns:..:443}</td><td>no: secret</td></tr>
 * <tr><td>UDP does not get out</td><td>{@code %ice add turn:..?transport=tcp}</td><td>no: secret</td></tr>
 * <tr><td>the NAT is symmetric</td><td>{@code %ice add turn:..}</td><td>no: secret</td></tr>
 * <tr><td>the NAT maps every port to itself and lets everybody in</td><td>{@code %sfu start --public-ip ..}</td><td>no: public</td></tr>
 * <tr><td>no STUN server in use works, and one is known that answers</td><td>{@code %ice add stun:..}</td><td>yes</td></tr>
 * <tr><td colspan="3">and where it has one:</td></tr>
 * <tr><td>neither a tunnel nor {@code --host} lets others in</td><td>{@code %tunnel start}</td><td>no: public</td></tr>
 * <tr><td>anything else</td><td>nothing</td><td></td></tr>
 * </table>
 */
public sealed interface Verdict {
    /** Where relays come from. */
    String SOURCE = ", your own (coturn) or a service's ('%ice fetch --help')";

    /** One line: what is gained, or that nothing is to be. */
    String text();

    /** There is nothing to change. */
    record Nothing(String text) implements Verdict {}

    /**
     * One thing is to change.
     *
     * @param text why, as in {@code Media of browsers elsewhere finds no way in}
     * @param commands to type one after the other: magics or a shell's; empty where no command can do it
     * @param automatic whether it needs no secret, no service of somebody else's and no public address, so that it may be
     *     made without a further question
     */
    record Change(String text, List<String> commands, boolean automatic) implements Verdict {
        public Change {
            commands = List.copyOf(commands);
        }
    }

    /** Decides by the table above. */
    static Verdict of(Facts facts) {
        boolean starts = facts.running().isEmpty() && facts.place() != Place.LAUNCHER;
        if (starts && !facts.taken().isEmpty()) {
            return startElsewhere(facts.taken());
        }
        if (facts.clockIsWrong()) {
            return byHand("The clock is wrong, and TLS and TURN credentials go by it", "sudo timedatectl set-ntp true");
        }
        if (starts) {
            return new Change("No server runs yet", List.of("%sfu start"), true);
        }
        if (facts.onlyLoopback()) {
            return byHand("This machine has no network interface but loopback: connect it to a network (in a container,"
                    + " start that with one)");
        }
        if (facts.isCutOff()) {
            return byHand("Nothing outside answers, by UDP, TCP or HTTPS: look at cable, Wi-Fi and firewall;"
                    + " viewers on this machine and on its own network need none of it");
        }
        Optional<Verdict> astray = facts.running().flatMap(Verdict::straighten);
        if (astray.isPresent()) {
            return astray.get();
        }
        if (facts.mediaWay() == MediaWay.NONE) {
            Optional<Verdict> way = openWay(facts);
            if (way.isPresent()) {
                return way.get();
            }
        }
        return facts.running().filter(server -> !server.reachable()).isPresent() ? invite(facts) : nothing(facts);
    }

    private static Change byHand(String text, String... commands) {
        return new Change(text, List.of(commands), false);
    }

    private static Change startElsewhere(List<Taken> taken) {
        String ports = taken.stream().map(Taken::port).collect(Collectors.joining(" and "));
        String flags = taken.stream()
                .map(each -> each.flag() + " " + each.free())
                .distinct()
                .collect(Collectors.joining(" "));
        return new Change("Another program has " + ports + ": start beside it", List.of("%sfu start " + flags), true);
    }

    private static Optional<Verdict> straighten(Running server) {
        return server.tunnels().astray().stream()
                .findFirst()
                .map(name -> byHand(
                        "The tunnel by " + name + " does not lead here: open it again",
                        "%tunnel stop " + name,
                        "%tunnel start " + name));
    }

    /** A way for media, where there is none. */
    private static Optional<Verdict> openWay(Facts facts) {
        boolean udp = facts.udp() == Reach.YES;
        boolean webOnly = facts.udp() == Reach.NO && facts.tcp() == Reach.NO && facts.web() == Reach.YES;
        boolean tcpOnly = facts.udp() == Reach.NO && !webOnly;
        if (!webOnly && !tcpOnly && !udp) {
            return Optional.empty(); // nobody was asked
        }
        Optional<String> broken = facts.running().stream()
                .flatMap(server -> server.relays().broken().stream())
                .filter(uri -> udp || !uri.endsWith("transport=udp"))
                .filter(uri -> !webOnly || uri.contains(":443"))
                .findFirst();
        if (broken.isPresent()) {
            return Optional.of(byHand(
                    "Media of browsers elsewhere needs the relay that does not work: mend it as its line says, or"
                            + " replace it",
                    "%ice remove " + broken.get(),
                    relay(webOnly ? "turns:HOST:443" : tcpOnly ? "turn:HOST:3478?transport=tcp" : "turn:HOST:3478")));
        }
        if (webOnly) {
            return Optional.of(
                    byHand("Only the web's port 443 gets out, so media needs a relay there", relay("turns:HOST:443")));
        }
        if (tcpOnly) {
            return Optional.of(byHand(
                    "UDP does not get out, so media needs a relay over TCP" + SOURCE,
                    relay("turn:HOST:3478?transport=tcp")));
        }
        if (facts.isSymmetric()) {
            return Optional.of(byHand(
                    "The NAT is symmetric, so media of browsers elsewhere needs a relay" + SOURCE,
                    relay("turn:HOST:3478")));
        }
        Optional<InetSocketAddress> outside = facts.nat().mapped();
        if (facts.isOneToOne() && outside.isPresent()) {
            String address = outside.get().getAddress().getHostAddress();
            return Optional.of(byHand(
                    "The address " + address + " outside leads here on every port, as clouds have it: announce it",
                    "%sfu stop",
                    "%sfu start --public-ip " + address));
        }
        return facts.stunUri()
                .map(uri -> new Change(
                        "Behind this NAT browsers elsewhere need the outside of the media port, which a STUN server tells",
                        List.of("%ice add " + uri),
                        true));
    }

    private static String relay(String uri) {
        return "%ice add " + uri + " --user NAME --password";
    }

    private static Change invite(Facts facts) {
        String why = facts.place() == Place.COLAB
                ? "Media gets through, but the page is reached by nobody else; mind Colab's rules"
                : "Media gets through, but only this machine reaches the page";
        return byHand(why + ". For viewers elsewhere", "%tunnel start");
    }

    private static Nothing nothing(Facts facts) {
        return new Nothing(
                switch (facts.mediaWay()) {
                    case DIRECT -> "Nothing to change: browsers elsewhere reach this machine directly";
                    case ANNOUNCED -> "Nothing to change: media comes in by the announced address";
                    case PUNCHED ->
                        "Nothing to change: media gets through the NAT to most browsers, though not to those"
                                + " behind a symmetric one, which need a TURN server ('%ice add turn:..')";
                    case RELAY -> "Nothing to change: a relay carries media where nothing else does";
                    case TUNNEL -> "Nothing to change: media comes by TCP through the tunnel";
                    case NONE -> "Nothing to change that is known here: nobody outside was asked";
                });
    }
}
