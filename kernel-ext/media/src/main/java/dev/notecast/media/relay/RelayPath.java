package dev.notecast.media.relay;

import dev.notecast.media.udp.Crossing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One session's way through one relay, which may live on another loop. Belongs to the session's loop. */
public final class RelayPath {
    private static final int MAX_PEERS = 64; // who knows the password could check from any number of addresses

    private record Departure(byte[] datagram, InetSocketAddress peer) {}

    private final Relay relay;
    private final RelayUser user;
    private final Crossing<Departure> crossing; // null when both live on one loop
    private final Set<InetSocketAddress> expected = new LinkedHashSet<>();
    private final Set<InetSocketAddress> claimed = new LinkedHashSet<>(); // oldest first
    private final List<InetAddress> permitted = new ArrayList<>();

    public RelayPath(Relay relay, RelayUser user) {
        this.relay = relay;
        this.user = user;
        this.crossing = relay.loop() == user.loop()
                ? null
                : new Crossing<>(relay.loop(), gone -> relay.send(gone.datagram, 0, gone.datagram.length, gone.peer));
    }

    /** Whether it leads nowhere any more. */
    public boolean isOver() {
        return relay.isEnded();
    }

    public int localPreference() {
        return relay.localPreference();
    }

    /** Lets datagrams of these addresses in for as long as the path is open. */
    public void permit(List<InetAddress> addresses) {
        boolean ipv6 = relay.local().address().getAddress().getAddress().length == 16;
        List<InetAddress> fitting = addresses.stream()
                .filter(address -> address.getAddress().length == 16 == ipv6)
                .toList();
        if (!fitting.isEmpty()) {
            permitted.addAll(fitting);
            relay.permit(fitting);
        }
    }

    /** Sends a copy of a datagram; it leaves when the loop's present call ends. */
    public void send(byte[] data, int offset, int length, InetSocketAddress peer) {
        if (crossing == null) {
            relay.send(data, offset, length, peer);
        } else if (crossing.add(new Departure(Arrays.copyOfRange(data, offset, offset + length), peer))) {
            user.loop().defer(crossing::send);
        }
    }

    /** Datagrams of this peer are the session's, if they are nobody else's. */
    public void expectFrom(InetSocketAddress peer) {
        if (expected.size() < MAX_PEERS && !expected.contains(peer) && relay.expectFrom(peer, user)) {
            expected.add(peer);
        }
    }

    /** The peer has proved to be the session's. Called often. */
    public void claim(InetSocketAddress peer) {
        if (claimed.add(peer)) {
            relay.claim(peer, user);
            if (claimed.size() > MAX_PEERS) {
                InetSocketAddress oldest = claimed.iterator().next();
                claimed.remove(oldest);
                relay.release(oldest, user);
            }
        }
    }

    /** Whom it leads to. */
    public List<InetSocketAddress> peers() {
        Set<InetSocketAddress> all = new LinkedHashSet<>(expected);
        all.addAll(claimed);
        return List.copyOf(all);
    }

    public void close() {
        peers().forEach(peer -> relay.release(peer, user));
        relay.forget(permitted);
    }
}
