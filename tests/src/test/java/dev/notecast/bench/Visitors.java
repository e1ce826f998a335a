package dev.notecast.bench;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Peers that come, get or send some packets, and go again, some of them without a word, while one publisher stays. */
final class Visitors implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final int LOOPS = 2;
    private static final long BITS_PER_SECOND = 300_000;
    private static final int ENOUGH = 10; // packets
    private static final long DEADLINE_SECONDS = 60;

    private final DtlsHandshakes handshakes;
    private final List<PeerLoop> loops = new ArrayList<>();
    private final ConcurrentLinkedQueue<Peer> frozen = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Peer> staying = new ConcurrentLinkedQueue<>();
    private final Signaling signaling;
    private final URI path;
    private final Publisher publisher;

    /** Begins to publish on the path. */
    Visitors(URI path) {
        this.path = path;
        DtlsIdentity identity = DtlsIdentity.generate();
        handshakes = new DtlsHandshakes(identity);
        signaling = new Signaling(path, Optional.empty(), identity);
        for (int i = 0; i < LOOPS; i++) {
            PeerLoop loop = new PeerLoop("visitors-" + i, false);
            loop.start();
            loops.add(loop);
        }
        publisher = publish(signaling, new Peer(loops.getFirst(), handshakes), loops.getFirst());
    }

    /** Whole visits: of ten one publishes on a path of its own and two go over TCP. */
    void come(int count) {
        each(count, i -> {
            PeerLoop loop = loops.get(i % LOOPS);
            Peer peer = i % 5 == 4 ? Peer.overTcp(loop, handshakes) : new Peer(loop, handshakes);
            if (i % 10 == 0) {
                publishAWhile(i, peer, loop);
            } else {
                Signaling.Session session = read(peer, loop);
                leave(i, peer, loop, session);
            }
            peer.vanish();
        });
    }

    /** Viewers that stay until the end. */
    void stay(int count) {
        each(count, i -> {
            PeerLoop loop = loops.get(i % LOOPS);
            Peer peer = i % 5 == 4 ? Peer.overTcp(loop, handshakes) : new Peer(loop, handshakes);
            read(peer, loop);
            staying.add(peer);
        });
    }

    /** Why the sessions of those who stayed are over, once they are. */
    List<String> ends() {
        await("every session to end", () -> staying.stream().allMatch(peer -> peer.end() != null));
        return staying.stream().map(Peer::end).toList();
    }

    /** A visit of one that knows no other address of the server and its own than {@code ::1}. */
    void comeOverIpv6() {
        PeerLoop loop = loops.getFirst();
        Peer peer = Peer.overIpv6(loop, handshakes);
        leave(1, peer, loop, read(peer, loop));
        peer.vanish();
    }

    /** Visits that end without a goodbye, some before the first ICE check, some with a connection that stays open. */
    void vanish(int count) {
        each(count, i -> {
            PeerLoop loop = loops.get(i % LOOPS);
            switch (i % 4) {
                case 0 -> {
                    Peer peer = new Peer(loop, handshakes);
                    signaling.read(peer);
                    peer.vanish();
                }
                case 1 -> {
                    Peer peer = Peer.overTcp(loop, handshakes);
                    read(peer, loop);
                    peer.freeze();
                    frozen.add(peer);
                }
                case 2 -> {
                    Peer peer = new Peer(loop, handshakes);
                    publish(own("vanished-" + i), peer, loop).close();
                    peer.vanish();
                }
                default -> {
                    Peer peer = new Peer(loop, handshakes);
                    read(peer, loop);
                    peer.vanish();
                }
            }
        });
    }

    private Signaling own(String name) {
        return signaling.to(path.resolve(name));
    }

    private Signaling.Session read(Peer peer, PeerLoop loop) {
        Signaling.Session session = signaling.read(peer);
        Receiver receiver = new Receiver(peer, true);
        connect(peer, session, receiver);
        await("packets", () -> loop.ask(receiver::lastIndex) > 0 && loop.ask(receiver::begun));
        return session;
    }

    private Publisher publish(Signaling where, Peer peer, PeerLoop loop) {
        Signaling.Session session = where.publish(peer);
        Publisher media = new Publisher(peer, loop, session.payloadType(), BITS_PER_SECOND, false);
        connect(peer, session, media);
        media.start();
        await("packets sent", () -> media.sent() > ENOUGH);
        return media;
    }

    private void publishAWhile(int i, Peer peer, PeerLoop loop) {
        publish(own("visitor-" + i), peer, loop).close();
        loop.ask(() -> {
            peer.leave();
            return null;
        });
    }

    /** By DELETE or by DTLS. */
    private void leave(int i, Peer peer, PeerLoop loop, Signaling.Session session) {
        if (i % 2 == 0) {
            signaling.end(session);
            await("the server's goodbye", () -> peer.end() != null);
        } else {
            loop.ask(() -> {
                peer.leave();
                return null;
            });
        }
    }

    private static void connect(Peer peer, Signaling.Session session, Media media) {
        try {
            peer.connect(session.ice(), session.negotiated(), media).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a peer did not connect", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + DEADLINE_SECONDS + " s in vain for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static void each(int count, IntConsumer visit) {
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> visits = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                visits.add(pool.submit(() -> visit.accept(number)));
            }
            for (Future<?> each : visits) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        publisher.close();
        frozen.forEach(Peer::vanish);
        handshakes.close();
        loops.forEach(PeerLoop::close);
        signaling.close();
    }
}
