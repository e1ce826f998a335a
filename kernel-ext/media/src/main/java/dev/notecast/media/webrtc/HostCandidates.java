package dev.notecast.media.webrtc;

import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The candidates of an answer. They follow the machine from network to network: looked up again once a second. */
final class HostCandidates {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_ADDRESSES = 16; // twice as many candidates, which is what an answer has room for
    private static final int BEST_PREFERENCE = 65_535;
    private static final int PREFERENCE_STEP = 8; // TCP keeps 13 of the 16 bits

    private static final int TUNNEL_PREFERENCE = 32_767; // the detour comes last

    private record Known(List<Candidate> candidates, long atNanos) {}

    private final int udpPort;
    private final OptionalInt tcpPort;
    private final List<InetAddress> announced;
    private final Supplier<List<InetAddress>> ownAddresses;
    private final LongSupplier clock;
    private volatile List<InetSocketAddress> tunneled = List.of();
    private volatile Known known;

    /**
     * @param ownAddresses of this machine, most likely first
     * @param clock {@link System#nanoTime}, or a test's
     */
    HostCandidates(
            int udpPort,
            OptionalInt tcpPort,
            List<InetAddress> announced,
            Supplier<List<InetAddress>> ownAddresses,
            LongSupplier clock) {
        this.udpPort = udpPort;
        this.tcpPort = tcpPort;
        this.announced = announced;
        this.ownAddresses = ownAddresses;
        this.clock = clock;
    }

    /** Where tunnels bring TCP connections here from; takes the place of those before. */
    void tunneled(List<InetSocketAddress> addresses) {
        tunneled = List.copyOf(addresses);
        known = null;
    }

    /**
     * UDP before TCP, each with the addresses of this machine, then those announced besides, loopback last;
     * tunnels at the very end.
     */
    List<Candidate> now() {
        Known last = known;
        long nowNanos = clock.getAsLong();
        if (last == null || nowNanos - last.atNanos() >= FRESH_NANOS) {
            last = new Known(gather(), nowNanos);
            known = last;
        }
        return last.candidates();
    }

    private List<Candidate> gather() {
        List<InetAddress> own = ownAddresses.get();
        Set<InetAddress> addresses = new LinkedHashSet<>();
        // what somebody took the pains to announce has its place, however many interfaces there are
        own.stream()
                .filter(address -> !address.isLoopbackAddress())
                .limit(Math.max(0, MAX_ADDRESSES - announced.size()))
                .forEach(addresses::add);
        addresses.addAll(announced);
        own.stream().filter(InetAddress::isLoopbackAddress).forEach(addresses::add);
        List<InetAddress> chosen = addresses.stream().limit(MAX_ADDRESSES).toList();

        List<Candidate> candidates = new ArrayList<>();
        add(candidates, chosen, udpPort, CandidateTransport.UDP);
        tcpPort.ifPresent(port -> add(candidates, chosen, port, CandidateTransport.TCP_PASSIVE));
        int preference = TUNNEL_PREFERENCE;
        for (InetSocketAddress address : tunneled) {
            candidates.add(Candidate.host(address, CandidateTransport.TCP_PASSIVE, preference));
            preference -= PREFERENCE_STEP;
        }
        return List.copyOf(candidates);
    }

    private static void add(
            List<Candidate> candidates, List<InetAddress> addresses, int port, CandidateTransport transport) {
        int preference = BEST_PREFERENCE;
        for (InetAddress address : addresses) {
            candidates.add(Candidate.host(new InetSocketAddress(address, port), transport, preference));
            preference -= PREFERENCE_STEP;
        }
    }
}
