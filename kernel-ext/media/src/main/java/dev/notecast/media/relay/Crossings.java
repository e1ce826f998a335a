package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What one loop has for the sessions of others: a {@link Crossing} to each that something came for. One thread's. */
final class Crossings {
    private final Crossing.Arrivals arrivals;
    private final List<Crossing> all = new ArrayList<>(); // as many as there are loops: searched faster than a map

    Crossings(Crossing.Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    /** Collects a datagram for a session of another loop, until the next {@link #send}. */
    void add(RelayUser user, byte[] datagram, InetSocketAddress peer, long nanos) {
        to(user.loop()).add(user, datagram, peer, nanos);
    }

    /** Lets go what was collected. */
    void send() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).send();
        }
    }

    private Crossing to(UdpLoop loop) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).to() == loop) {
                return all.get(i);
            }
        }
        Crossing crossing = new Crossing(loop, arrivals);
        all.add(crossing);
        return crossing;
    }
}
