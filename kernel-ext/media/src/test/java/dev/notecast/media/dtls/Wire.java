package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.DtlsEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One direction between two endpoints: what a test makes of each datagram is delivered, on one thread. */
final class Wire implements AutoCloseable {
    /** Turns one datagram into those that arrive, in order. */
    interface Rule {
        List<byte[]> arrive(byte[] datagram);
    }

    static final Rule FAITHFUL = List::of;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-wire");
        thread.setDaemon(true);
        return thread;
    });
    private final ReentrantLock lock = new ReentrantLock();
    private final Rule rule;
    private final List<byte[]> sent = new ArrayList<>();
    private volatile DtlsEndpoint destination;
    private volatile long jitterMicros;
    private final Random random;

    Wire(Rule rule) {
        this(rule, new Random(0), 0);
    }

    private Wire(Rule rule, Random random, long jitterMicros) {
        this.rule = rule;
        this.random = random;
        this.jitterMicros = jitterMicros;
    }

    /** Loses, doubles and reorders, the same way for the same seed and datagrams. */
    static Wire bad(long seed, double loss, double duplication) {
        Random random = new Random(seed);
        Rule rule = datagram -> {
            if (random.nextDouble() < loss) {
                return List.of();
            }
            return random.nextDouble() < duplication ? List.of(datagram, datagram) : List.of(datagram);
        };
        return new Wire(rule, random, 8_000);
    }

    void to(DtlsEndpoint endpoint) {
        destination = endpoint;
    }

    void send(byte[] datagram) {
        lock.lock();
        try {
            sent.add(datagram);
            for (byte[] arriving : rule.arrive(datagram)) {
                long delay = jitterMicros == 0 ? 0 : random.nextLong(jitterMicros);
                clock.schedule(() -> destination.receive(arriving.clone()), delay, TimeUnit.MICROSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    List<byte[]> sent() {
        lock.lock();
        try {
            return List.copyOf(sent);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
