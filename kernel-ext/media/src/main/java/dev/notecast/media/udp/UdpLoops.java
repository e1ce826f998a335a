package dev.notecast.media.udp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Several {@link UdpLoop}s behind one UDP port: the system gives each peer's datagrams to one of their sockets, always
 * the same, by a hash of the addresses; each loop may send to any peer.
 */
public final class UdpLoops implements AutoCloseable {
    /** System property: how many loops; without it one for two processors, 8 at most. */
    public static final String COUNT_PROPERTY = "notecast.loops";

    private static final int MAX_LOOPS = 8; // each wants a core, and a notebook has other work

    private final List<UdpLoop> loops;

    private UdpLoops(List<UdpLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /** How many loops this machine gets, unless somebody says otherwise. */
    public static int defaultCount() {
        int forThisMachine = Runtime.getRuntime().availableProcessors() / 2;
        return Math.clamp(Integer.getInteger(COUNT_PROPERTY, forThisMachine), 1, MAX_LOOPS);
    }

    /**
     * Binds the sockets. Where the system cannot share a port among them there is one loop.
     *
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException when the port is taken, by another server of ours too
     */
    public static UdpLoops bind(int port, int count) {
        UdpTransport transport = UdpTransport.best();
        List<UdpLoop> loops = new ArrayList<>();
        UdpLoop first = UdpLoop.bind(transport, port);
        loops.add(first);
        try {
            // The first is bound alone, so that a port that is taken is noticed, and shares its port only then.
            if (count > 1 && first.sharePort()) {
                while (loops.size() < count) {
                    loops.add(UdpLoop.bindShared(transport, first.port()));
                }
            }
        } catch (RuntimeException e) {
            loops.forEach(UdpLoop::close);
            throw e;
        }
        return new UdpLoops(loops);
    }

    public int port() {
        return loops.getFirst().port();
    }

    public List<UdpLoop> all() {
        return loops;
    }

    /** Waits until every loop has done what was asked of it before; false when one has not by the deadline. */
    public boolean await(Duration deadline) {
        CountDownLatch done = new CountDownLatch(loops.size());
        for (UdpLoop loop : loops) {
            if (!loop.execute(done::countDown)) {
                done.countDown(); // closed, or so busy that it will be closed as it is
            }
        }
        try {
            return done.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Closes the sockets and ends the threads; may be called twice. */
    @Override
    public void close() {
        loops.forEach(UdpLoop::closeSockets);
        loops.forEach(UdpLoop::close);
    }
}
