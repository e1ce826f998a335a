package dev.notecast.rtc.ice;

import dev.notecast.rtc.ice.CandidatePair.State;
import dev.notecast.rtc.io.LocalSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All pairs of bases and remote candidates (RFC 8445 §6.1.2), bounded. */
final class CheckList {
    private static final int MAX_BASES = 8;
    private static final int MAX_SIGNALLED = 32; // Chromium on a laptop with VPN and TURN sends about 15
    private static final int MAX_PAIRS = 64;

    private record Key(LocalSocket local, InetSocketAddress remote) {}

    private final Map<LocalSocket, Base> bases = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Candidate> signalled = new LinkedHashMap<>();
    private final Map<Key, CandidatePair> pairs = new LinkedHashMap<>();

    void addBase(Base base) {
        if (bases.size() >= MAX_BASES) {
            throw new IllegalStateException("an agent has at most " + MAX_BASES + " bases");
        }
        if (bases.putIfAbsent(base.local(), base) == null) {
            signalled.forEach((remote, candidate) -> addPair(base, remote, candidate));
        }
    }

    Optional<Base> base(LocalSocket local) {
        return Optional.ofNullable(bases.get(local));
    }

    /** @return false when the candidate is of no use here, or one too many */
    boolean add(Candidate candidate) {
        if (candidate.component() != Candidate.RTP_COMPONENT || candidate.transport() != CandidateTransport.UDP) {
            return false;
        }
        Optional<InetSocketAddress> address = candidate.socketAddress().filter(CheckList::isUsable);
        if (address.isEmpty() || !signalled.containsKey(address.get()) && signalled.size() >= MAX_SIGNALLED) {
            return false;
        }
        InetSocketAddress remote = address.get();
        signalled.put(remote, candidate);
        for (Base base : bases.values()) {
            CandidatePair known = pairs.get(new Key(base.local(), remote));
            if (known == null) {
                addPair(base, remote, candidate);
            } else {
                known.signalled(candidate);
            }
        }
        return true;
    }

    Optional<CandidatePair> pair(Base base, InetSocketAddress remote) {
        return Optional.ofNullable(pairs.get(new Key(base.local(), remote)));
    }

    /** Pairs a base with a peer-reflexive candidate (RFC 8445 §7.3.1.3). */
    CandidatePair learn(Base base, InetSocketAddress remote, long priority) {
        return pairs.computeIfAbsent(new Key(base.local(), remote), key -> new CandidatePair(base, remote, priority));
    }

    /** The pair to give up when there are too many: the oldest but for {@code kept}. */
    Optional<CandidatePair> surplus(CandidatePair kept) {
        return pairs.size() < MAX_PAIRS
                ? Optional.empty()
                : pairs.values().stream().filter(pair -> pair != kept).findFirst();
    }

    void remove(CandidatePair pair) {
        pairs.remove(new Key(pair.base().local(), pair.remote()));
    }

    Optional<CandidatePair> best(State state, IceRole role) {
        return in(state).max((a, b) -> Long.compareUnsigned(a.priority(role), b.priority(role)));
    }

    /** All pairs are to be checked anew, but for the one that failed in use, and those that are closed. */
    void beginAgain(CandidatePair failed) {
        for (CandidatePair pair : pairs.values()) {
            pair.state = pair == failed || pair.dead ? State.FAILED : State.WAITING;
        }
    }

    /** Whether every pair has failed. */
    boolean isExhausted() {
        return pairs.values().stream().allMatch(pair -> pair.state == State.FAILED);
    }

    boolean has(State state) {
        return in(state).findAny().isPresent();
    }

    private Stream<CandidatePair> in(State state) {
        return pairs.values().stream().filter(pair -> pair.state == state);
    }

    private void addPair(Base base, InetSocketAddress remote, Candidate candidate) {
        if (pairs.size() < MAX_PAIRS && base.reaches(remote)) {
            learn(base, remote, candidate.priority()).signalled(candidate);
        }
    }

    private static boolean isUsable(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        // a link-local IPv6 address means nothing without its zone, and a candidate has none
        boolean zoneless = ip instanceof Inet6Address && ip.isLinkLocalAddress();
        return address.getPort() != 0 && !ip.isAnyLocalAddress() && !ip.isMulticastAddress() && !zoneless;
    }
}
