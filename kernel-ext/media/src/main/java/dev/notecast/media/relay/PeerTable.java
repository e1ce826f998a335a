package dev.notecast.media.relay;

import dev.notecast.rtc.io.Demux;
import dev.notecast.rtc.io.PacketKind;
import dev.notecast.rtc.stun.StunUsername;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Whose a relayed datagram is: says the peer that it comes from, or the user name in an ICE check. Any thread. */
final class PeerTable {
    private static final int MAX_PEERS = 4096; // addresses that sessions expect datagrams from

    private final Function<byte[], RelayUser> userNamedIn;
    private final Map<InetSocketAddress, RelayUser> byPeer = new ConcurrentHashMap<>();

    /** @param userNamedIn finds the session that an ICE check names, null where it names none */
    PeerTable(Function<byte[], RelayUser> userNamedIn) {
        this.userNamedIn = userNamedIn;
    }

    /** False when the peer is another's. */
    boolean expectFrom(InetSocketAddress peer, RelayUser user) {
        return byPeer.size() < MAX_PEERS && byPeer.putIfAbsent(peer, user) == null;
    }

    /** Whoever had the peer before. */
    void claim(InetSocketAddress peer, RelayUser user) {
        if (byPeer.size() < MAX_PEERS) {
            byPeer.put(peer, user);
        }
    }

    /** False when the peer was not this user's. */
    boolean release(InetSocketAddress peer, RelayUser user) {
        return byPeer.remove(peer, user);
    }

    /** The user of a datagram, null when it is nobody's. */
    RelayUser find(InetSocketAddress peer, byte[] datagram) {
        if (Demux.classify(datagram, 0, datagram.length) == PacketKind.STUN
                && StunUsername.localUfrag(datagram, 0, datagram.length).isPresent()) {
            return userNamedIn.apply(datagram);
        }
        return byPeer.get(peer);
    }

    /** Empties the table. @return one entry for each peer that was in it */
    List<RelayUser> clear() {
        List<RelayUser> users = List.copyOf(byPeer.values());
        byPeer.clear();
        return users;
    }
}
