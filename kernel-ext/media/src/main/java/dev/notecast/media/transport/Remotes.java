package dev.notecast.media.transport;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/** The addresses that a session's datagrams come from by UDP. Belongs to the session's loop. */
final class Remotes {
    private static final int MAX = 64; // who knows the password could check from any number of addresses

    private final SessionTable table;
    private final WebRtcTransport owner;
    private final Set<InetSocketAddress> addresses = new LinkedHashSet<>(); // oldest first

    Remotes(SessionTable table, WebRtcTransport owner) {
        this.table = table;
        this.owner = owner;
    }

    /** A check goes there: the answer is the session's, unless another session has the address. */
    void expect(InetSocketAddress remote) {
        if (addresses.size() < MAX && table.expectFrom(remote, owner)) {
            addresses.add(remote);
        }
    }

    /** The peer has proved to be there; the oldest makes room where they become too many. */
    void claim(InetSocketAddress remote) {
        if (addresses.add(remote) && addresses.size() > MAX) {
            InetSocketAddress oldest = addresses.iterator().next();
            addresses.remove(oldest);
            table.release(oldest, owner);
        }
        table.claim(remote, owner);
    }

    void release() {
        addresses.forEach(remote -> table.release(remote, owner));
    }
}
