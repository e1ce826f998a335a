package dev.notecast.media.webrtc;

import dev.notecast.media.relay.IcePolicy;
import dev.notecast.media.relay.IceServers;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything that an answer offers: this machine's addresses, the NAT's outside, relays. */
final class LocalCandidates {
    private static final Duration PATIENCE = Duration.ofMillis(300); // with servers that have just been named
    private static final int BEST_PREFERENCE = 65_535;

    private final HostCandidates host;
    private final int udpPort;
    private final IceServers servers;

    LocalCandidates(HostCandidates host, int udpPort, IceServers servers) {
        this.host = host;
        this.udpPort = udpPort;
        this.servers = servers;
    }

    /**
     * Most likely first. Waits a moment after a change of the servers.
     *
     * @throws SignalingException when only relays are allowed and there is none
     */
    List<Candidate> now() {
        IceServers.Ready ready = servers.ready(PATIENCE);
        boolean relayOnly = servers.policy() == IcePolicy.RELAY;
        if (relayOnly && ready.relays().isEmpty()) {
            throw new SignalingException(
                    SignalingException.Kind.BUSY,
                    "sessions may use TURN relays only, and no TURN server has given one yet");
        }
        List<Candidate> relayed =
                ready.relays().stream().map(relay -> relay.candidate(relayOnly)).toList();
        return relayOnly ? relayed : ordered(host.now(), reflexive(host.now(), ready.mapped()), relayed);
    }

    /**
     * An answer with many m-lines has room for eight candidates only: the first ones are of every kind, then come the
     * others, loopback last.
     */
    private static List<Candidate> ordered(List<Candidate> hosts, List<Candidate> reflexive, List<Candidate> relayed) {
        if (reflexive.isEmpty() && relayed.isEmpty()) {
            return hosts;
        }
        List<Candidate> reachable =
                hosts.stream().filter(each -> !isLoopback(each)).toList();
        Set<Candidate> all = new LinkedHashSet<>();
        reachable.stream()
                .filter(each -> each.transport() == CandidateTransport.UDP)
                .limit(2)
                .forEach(all::add);
        reflexive.stream().limit(1).forEach(all::add);
        relayed.stream().limit(3).forEach(all::add);
        reachable.stream()
                .filter(each -> each.transport() != CandidateTransport.UDP)
                .limit(1)
                .forEach(all::add);
        all.addAll(reachable);
        all.addAll(reflexive);
        all.addAll(relayed);
        all.addAll(hosts);
        return List.copyOf(all);
    }

    private static boolean isLoopback(Candidate candidate) {
        return candidate
                .socketAddress()
                .filter(address -> address.getAddress().isLoopbackAddress())
                .isPresent();
    }

    private List<Candidate> reflexive(List<Candidate> hosts, List<InetSocketAddress> mapped) {
        List<Candidate> candidates = new ArrayList<>();
        int preference = BEST_PREFERENCE;
        for (InetSocketAddress address : mapped) {
            boolean known = hosts.stream()
                    .filter(each -> each.transport() == CandidateTransport.UDP)
                    .anyMatch(
                            each -> each.socketAddress().filter(address::equals).isPresent());
            if (!known) { // RFC 8445 §5.1.3: without a NAT it is a host candidate
                candidates.add(Candidate.serverReflexive(address, baseOf(hosts, address.getAddress()), preference--));
            }
        }
        return candidates;
    }

    /** The host candidate that is the likeliest one behind it. */
    private InetSocketAddress baseOf(List<Candidate> hosts, InetAddress mapped) {
        Optional<InetSocketAddress> base = hosts.stream()
                .filter(each -> each.transport() == CandidateTransport.UDP)
                .flatMap(each -> each.socketAddress().stream())
                .filter(each -> each.getAddress().getClass() == mapped.getClass()
                        && !each.getAddress().isLoopbackAddress())
                .findFirst();
        return base.orElseGet(() -> new InetSocketAddress(mapped instanceof Inet4Address ? "0.0.0.0" : "::", udpPort));
    }
}
