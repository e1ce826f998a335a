package dev.notecast.media.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Datagrams on their way from one thread to a loop: collected over a batch, so that it costs one task there. A loop with
 * too much to do takes none, and they are lost as on the way. Belongs to the thread that collects.
 *
 * @param <T> a datagram with what has to be known of it there
 */
public final class Crossing<T> {
    private static final int MAX_WAITING = 4096; // datagrams, 8 MB: a loop that is later than that has lost the race

    private final UdpLoop to;
    private final Consumer<T> arrived;
    private final AtomicInteger waiting = new AtomicInteger(); // for the loop
    private List<T> batch = new ArrayList<>();

    /** @param arrived takes each on the loop */
    public Crossing(UdpLoop to, Consumer<T> arrived) {
        this.to = to;
        this.arrived = arrived;
    }

    UdpLoop to() {
        return to;
    }

    /** @return whether it is the first of a batch, which wants a {@link #send} */
    public boolean add(T datagram) {
        if (waiting.get() >= MAX_WAITING) {
            return false;
        }
        batch.add(datagram);
        return batch.size() == 1;
    }

    /** Lets go what was collected. */
    public void send() {
        if (batch.isEmpty()) {
            return;
        }
        List<T> gone = batch;
        batch = new ArrayList<>();
        waiting.addAndGet(gone.size());
        boolean taken = to.execute(() -> {
            waiting.addAndGet(-gone.size());
            for (T datagram : gone) {
                deliver(datagram);
            }
        });
        if (!taken) {
            waiting.addAndGet(-gone.size());
        }
    }

    private void deliver(T datagram) {
        try {
            arrived.accept(datagram);
        } catch (RuntimeException e) {
            to.fault(e); // a bug of ours, which the datagrams of other sessions must not pay for
        }
    }
}
