package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.fail;

import dev.notecast.rtc.LossyLink;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.io.Transmit;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Agents on one {@link LossyLink} in virtual time, with NATs where a test wants them. */
final class IceNetwork {
    static final LossyLink.Conditions GOOD = LossyLink.Conditions.perfect(Duration.ofMillis(1));

    /** Negative, as {@link System#nanoTime} may be. */
    private static final long START_NANOS = -Duration.ofSeconds(3).toNanos();

    private record Route(Host host, LocalSocket base) {}

    private final Map<InetSocketAddress, Route> routes = new HashMap<>();
    private final List<Host> hosts = new ArrayList<>();
    final LossyLink link;
    private final Random random;
    long now = START_NANOS;

    IceNetwork(LossyLink.Conditions conditions, long seed) {
        link = new LossyLink(conditions, seed);
        random = new Random(seed);
    }

    /** An agent whose only base is seen by others under {@code address}. */
    Host host(IceRole role, String address) {
        return host(role, random.nextLong(), address);
    }

    Host host(IceRole role, long tieBreaker, String... addresses) {
        Host host = new Host(role, tieBreaker);
        hosts.add(host);
        for (String address : addresses) {
            host.addBase(socketAddress(address));
        }
        return host;
    }

    void runFor(Duration time) {
        runUntil(() -> false, time);
    }

    /** Runs until the condition holds, at most for this long. */
    boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = now + limit.toNanos();
        int steps = 0;
        while (true) {
            hosts.forEach(Host::drain);
            if (condition.getAsBoolean()) {
                return true;
            }
            long next = Math.min(end, link.nextArrivalNanos());
            for (Host host : hosts) {
                next = Math.min(next, host.agent.nextTimeoutNanos());
            }
            if (next > now) {
                steps = 0;
            } else if (++steps > 1000) {
                fail("an agent wants to be called at once again and again");
            }
            now = Math.max(now, next);
            if (now >= end) {
                return condition.getAsBoolean();
            }
            link.deliver(now);
            for (Host host : hosts) {
                if (host.agent.nextTimeoutNanos() <= now) {
                    host.agent.tick(now);
                }
            }
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(now - START_NANOS);
    }

    static boolean connected(Host... hosts) {
        for (Host host : hosts) {
            if (host.agent.state() != IceState.CONNECTED) {
                return false;
            }
        }
        return true;
    }

    static InetSocketAddress socketAddress(String address) {
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    static Candidate candidate(String address, long priority) {
        InetSocketAddress socket = socketAddress(address);
        return new Candidate(
                "1",
                1,
                CandidateTransport.UDP,
                priority,
                socket.getAddress().getHostAddress(),
                socket.getPort(),
                CandidateType.HOST);
    }

    /** An agent and what it is bound to. */
    final class Host {
        final IceCredentials credentials = IceCredentials.random(random);
        final IceAgent agent;
        final List<IceEvent> events = new ArrayList<>();
        final Map<LocalSocket, InetSocketAddress> seenAs = new LinkedHashMap<>();
        final List<Candidate> candidates = new ArrayList<>();

        private Host(IceRole role, long tieBreaker) {
            agent = new IceAgent(role, credentials, tieBreaker, random);
        }

        /** Adds a wildcard base for each address, so that no agent knows under which address it is seen. */
        private void addBase(InetSocketAddress seen) {
            var base = LocalSocket.udp(new InetSocketAddress("0.0.0.0", 40_000 + seenAs.size()));
            agent.addBase(base, 65_535 - seenAs.size(), now);
            candidates.add(Candidate.host(seen, CandidateTransport.UDP, 65_535 - seenAs.size()));
            seenAs.put(base, seen);
            routes.put(seen, new Route(this, base));
        }

        /** Takes what the other would have signalled. */
        void learn(Host other) {
            other.candidates.forEach(candidate -> agent.addRemoteCandidate(candidate, now));
            learnCredentials(other);
        }

        void learnCredentials(Host other) {
            agent.setRemoteCredentials(other.credentials, now);
        }

        /** The NAT in front of a base gives it a new address; packets to the old one are lost. */
        void rebind(String address) {
            LocalSocket base = seenAs.keySet().iterator().next();
            routes.remove(seenAs.put(base, socketAddress(address)));
            routes.put(socketAddress(address), new Route(this, base));
        }

        InetSocketAddress selectedAddress() {
            return agent.selectedLocal().map(seenAs::get).orElse(null);
        }

        private void drain() {
            for (Transmit out = agent.pollTransmit(); out != null; out = agent.pollTransmit()) {
                Transmit packet = out;
                InetSocketAddress source = seenAs.get(packet.local());
                link.send(now, at -> {
                    Route route = routes.get(packet.remote());
                    if (route != null) {
                        route.host().agent.receive(packet.data(), 0, packet.data().length, route.base(), source, at);
                    }
                });
            }
            for (IceEvent event = agent.pollEvent(); event != null; event = agent.pollEvent()) {
                events.add(event);
            }
        }
    }
}
