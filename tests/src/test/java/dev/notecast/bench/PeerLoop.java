package dev.notecast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread that serves many peers. Each peer has a UDP socket of its own, because a server tells peers apart by their
 * addresses; one selector watches them all.
 */
final class PeerLoop implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    PeerLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Runs on the loop and waits for the result. */
    <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, this::execute)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** On the loop. */
    void add(Peer peer) throws IOException {
        peer.channel().register(selector, SelectionKey.OP_READ, peer);
        peers.add(peer);
    }

    private void run() {
        long nextTickNanos = System.nanoTime();
        try {
            while (!closed) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(nextTickNanos - System.nanoTime());
                selector.select(PeerLoop::read, Math.max(1, leftMillis));
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                long now = System.nanoTime();
                if (now - nextTickNanos >= 0) {
                    nextTickNanos = now + TICK_NANOS;
                    peers.forEach(peer -> peer.tick(now));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One datagram: at these rates there is rarely a second one, and asking for it costs as much as reading it. */
    private static void read(SelectionKey key) {
        if (key.isValid()) {
            ((Peer) key.attachment()).readOne();
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(5_000);
            for (Peer peer : peers) {
                peer.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
