package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Datagrams on their way to another loop: collected over a batch, so that it costs one task there. One thread's. */
final class Crossing {
    /** Takes one on the other loop. */
    interface Arrivals {
        void take(RelayUser user, byte[] datagram, InetSocketAddress peer, long nanos);
    }

    private record Item(RelayUser user, byte[] datagram, InetSocketAddress peer, long nanos) {}

    private static final int MAX_WAITING = 4096; // datagrams, 8 MB: a loop that is later than that has lost the race

    private final UdpLoop to;
    private final Arrivals arrivals;
    private final AtomicInteger waiting = new AtomicInteger(); // for the other loop
    private List<Item> batch = new ArrayList<>();

    Crossing(UdpLoop to, Arrivals arrivals) {
        this.to = to;
        this.arrivals = arrivals;
    }

    UdpLoop to() {
        return to;
    }

    /** @return whether it is the first of a batch, which wants a {@link #send} */
    boolean add(RelayUser user, byte[] datagram, InetSocketAddress peer, long nanos) {
        if (waiting.get() >= MAX_WAITING) {
            return false;
        }
        batch.add(new Item(user, datagram, peer, nanos));
        return batch.size() == 1;
    }

    /** Lets go what was collected. */
    void send() {
        if (batch.isEmpty()) {
            return;
        }
        List<Item> gone = batch;
        batch = new ArrayList<>();
        waiting.addAndGet(gone.size());
        boolean taken = to.execute(() -> {
            waiting.addAndGet(-gone.size());
            for (Item item : gone) {
                arrivals.take(item.user(), item.datagram(), item.peer(), item.nanos());
            }
        });
        if (!taken) {
            waiting.addAndGet(-gone.size());
        }
    }
}
