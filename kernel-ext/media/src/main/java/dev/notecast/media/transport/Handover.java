package dev.notecast.media.transport;

import dev.notecast.media.udp.UdpLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What came in on one loop's socket for the sessions of another: collected over a batch, so that it costs one task. A
 * loop with too much to do refuses it, and the datagrams are lost as on the way.
 */
final class Handover {
    private record Arrival(WebRtcTransport transport, byte[] data, InetSocketAddress remote, long nanos) {}

    private static final int MAX_WAITING = 4096; // datagrams, 8 MB: a loop that is later than that has lost the race

    private final UdpLoop to;
    private final AtomicInteger waiting = new AtomicInteger(); // for the other loop
    private List<Arrival> batch = new ArrayList<>();

    Handover(UdpLoop to) {
        this.to = to;
    }

    UdpLoop to() {
        return to;
    }

    void add(WebRtcTransport transport, byte[] data, InetSocketAddress remote, long arrivalNanos) {
        if (waiting.get() < MAX_WAITING) {
            batch.add(new Arrival(transport, data, remote, arrivalNanos));
        }
    }

    /** Lets go what was collected. */
    void send() {
        if (!batch.isEmpty()) {
            List<Arrival> handedOver = batch;
            batch = new ArrayList<>();
            int count = handedOver.size();
            waiting.addAndGet(count);
            boolean taken = to.execute(() -> {
                waiting.addAndGet(-count);
                handedOver.forEach(this::deliver);
            });
            if (!taken) {
                waiting.addAndGet(-count);
            }
        }
    }

    private void deliver(Arrival arrival) {
        try {
            arrival.transport().receive(arrival.data(), arrival.remote(), arrival.nanos());
        } catch (RuntimeException e) {
            to.fault(e); // a bug of ours, which the datagrams of other sessions must not pay for
        }
    }
}
