package dev.notecast.media.transport;

import dev.notecast.media.udp.Crossings;
import dev.notecast.media.udp.PacketHandler;
import dev.notecast.media.udp.UdpLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one loop: gives them their datagrams, also those that came in on another loop's socket, and lets time
 * pass for them. Belongs to the loop, except where said otherwise.
 */
final class SessionLoop implements PacketHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);

    /** What came in here for a session of another loop. */
    private record Arrival(WebRtcTransport transport, byte[] data, InetSocketAddress remote, long nanos) {
        void deliver() {
            transport.receive(data, remote, nanos);
        }
    }

    private final UdpLoop loop;
    private final SessionTable table;
    private final List<WebRtcTransport> sessions = new ArrayList<>();
    private final Crossings<Arrival> crossings = new Crossings<>(Arrival::deliver);
    private final AtomicInteger load = new AtomicInteger();

    SessionLoop(UdpLoop loop, SessionTable table) {
        this.loop = loop;
        this.table = table;
    }

    UdpLoop loop() {
        return loop;
    }

    /** Sessions that are here or on their way, from any thread. */
    int load() {
        return load.get();
    }

    /** Takes a session, from any thread; false when the loop is closed or has too much to do. */
    boolean open(WebRtcTransport transport, SessionHandler handler) {
        load.incrementAndGet();
        boolean taken = loop.execute(() -> add(transport, handler));
        if (!taken) {
            load.decrementAndGet();
        }
        return taken;
    }

    private void add(WebRtcTransport transport, SessionHandler handler) {
        long nowNanos = System.nanoTime();
        if (sessions.isEmpty()) {
            loop.wakeAt(nowNanos + WebRtcTransports.TICK.toNanos());
        }
        sessions.add(transport);
        transport.start(handler, nowNanos);
    }

    void remove(WebRtcTransport transport) {
        if (sessions.remove(transport)) {
            load.decrementAndGet();
        }
    }

    @Override
    public void received(byte[] data, InetSocketAddress remote, long arrivalNanos) {
        WebRtcTransport transport = table.find(data, remote);
        if (transport == null) {
            return;
        }
        if (transport.home() == this) {
            transport.receive(data, remote, arrivalNanos);
        } else {
            crossings.add(transport.loop(), new Arrival(transport, data, remote, arrivalNanos));
        }
    }

    @Override
    public void batchEnd(long nowNanos) {
        crossings.send();
    }

    @Override
    public void timeout(long nowNanos) {
        try {
            for (int i = sessions.size() - 1; i >= 0; i--) { // from the end: a session that ends leaves the list
                tick(sessions.get(i), nowNanos);
            }
        } finally { // whatever was thrown: without it time would stand still for every session of the loop
            if (!sessions.isEmpty()) {
                loop.wakeAt(nowNanos + WebRtcTransports.TICK.toNanos());
            }
        }
    }

    private static void tick(WebRtcTransport transport, long nowNanos) {
        try {
            transport.tick(nowNanos);
        } catch (RuntimeException e) {
            LOG.error("a session failed and is closed", e); // a bug of ours, which the others must not pay for
            transport.fail();
        }
    }
}
