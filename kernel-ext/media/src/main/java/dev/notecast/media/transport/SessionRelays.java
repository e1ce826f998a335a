package dev.notecast.media.transport;

import dev.notecast.media.relay.IceServers;
import dev.notecast.media.relay.Relay;
import dev.notecast.media.relay.RelayPath;
import dev.notecast.media.relay.RelayUser;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.io.LocalSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The relays that one session may be reached through. Belongs to its loop. */
final class SessionRelays {
    private static final int MAX_RELAYS = 6; // those of its first answer, and newer ones for its ICE restarts
    private static final int MAX_ADDRESSES = 16; // of its peer; browsers have been seen to have six

    private final RelayUser user;
    private final Map<LocalSocket, RelayPath> paths = new LinkedHashMap<>();
    private final Set<InetAddress> invited = new LinkedHashSet<>();

    SessionRelays(RelayUser user) {
        this.user = user;
    }

    /** Gives an agent the relays that there are now, with those that the session has already. */
    void addBases(IceAgent ice, IceServers.Ready ready, long nowNanos) {
        paths.values().removeIf(RelayPath::isOver);
        for (Relay relay : ready.relays()) {
            if (paths.size() < MAX_RELAYS && !paths.containsKey(relay.local())) {
                RelayPath path = new RelayPath(relay, user);
                paths.put(relay.local(), path);
                path.permit(List.copyOf(invited));
            }
        }
        paths.forEach((local, path) -> ice.addBase(local, path.localPreference(), nowNanos));
    }

    /** Lets the peer's addresses in at every relay: checks of its own come through only then. */
    void invite(List<Candidate> candidates) {
        if (paths.isEmpty()) {
            return;
        }
        List<InetAddress> fresh = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.transport() == CandidateTransport.UDP && invited.size() < MAX_ADDRESSES) {
                candidate
                        .socketAddress()
                        .map(InetSocketAddress::getAddress)
                        .filter(invited::add)
                        .ifPresent(fresh::add);
            }
        }
        paths.values().forEach(path -> path.permit(fresh));
    }

    void send(byte[] data, int offset, int length, LocalSocket local, InetSocketAddress peer) {
        RelayPath path = paths.get(local);
        if (path != null) {
            path.send(data, offset, length, peer);
        }
    }

    /** A check goes to this peer: its answer is ours. */
    void checking(LocalSocket local, InetSocketAddress peer) {
        RelayPath path = paths.get(local);
        if (path != null) {
            path.expectFrom(peer);
        }
    }

    /** The peer has proved to be there. */
    void heardFrom(LocalSocket local, InetSocketAddress peer) {
        RelayPath path = paths.get(local);
        if (path != null) {
            path.claim(peer);
        }
    }

    /** A relay is gone. @return the peers that were reached through it */
    List<InetSocketAddress> ended(Relay relay) {
        RelayPath path = paths.remove(relay.local());
        return path == null ? List.of() : path.peers();
    }

    /** Nothing is taken any more; the session's goodbye, which comes after this, still finds its way. */
    void close() {
        paths.values().forEach(RelayPath::close);
    }
}
