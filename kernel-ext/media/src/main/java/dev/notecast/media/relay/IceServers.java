package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import dev.notecast.media.udp.UdpLoops;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The STUN and TURN servers that this side uses, and what they give at this moment. Whatever they give is gathered as
 * soon as they are known and kept alive, so that an answer only takes what is ready. Any thread; {@link #test} and
 * {@link #ready} wait, so they are not for event loops.
 */
public final class IceServers implements AutoCloseable {
    /** Servers at a time. */
    public static final int MAX_SERVERS = 16;

    static final Duration TICK = Duration.ofMillis(100);

    private static final int MAX_RELAYS = 4; // of a session
    private static final int MAX_MAPPED = 4;
    // how long after a change of the list answers wait for a server that has not said anything yet
    private static final long YOUNG_NANOS = Duration.ofSeconds(1).toNanos();
    // within the type preference of relays: UDP before TCP before TLS
    private static final int UDP_PREFERENCE = 60_000;
    private static final int TCP_PREFERENCE = 40_000;
    private static final int TLS_PREFERENCE = 20_000;

    /**
     * What answers may offer now.
     *
     * @param mapped the media port as STUN servers see it
     * @param relays best first
     */
    public record Ready(List<InetSocketAddress> mapped, List<Relay> relays) {
        public Ready {
            mapped = List.copyOf(mapped);
            relays = List.copyOf(relays);
        }
    }

    private record Watches(List<ServerWatch> all, long sinceNanos) {}

    private final List<UdpLoop> loops;
    private final UdpLoop home;
    private final Function<byte[], RelayUser> userNamedIn;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock(); // of the two below
    private final Condition changed = lock.newCondition();
    private boolean ticking;
    private final List<StunWatch> trials = new CopyOnWriteArrayList<>();
    private final RetiredWatches retired = new RetiredWatches();
    private volatile Watches watches = new Watches(List.of(), System.nanoTime());
    private volatile IcePolicy policy = IcePolicy.ALL;
    private volatile SSLContext tls; // null for the JVM's own
    private volatile boolean closed;

    /** @param userNamedIn finds the session that an ICE check names, null when it names none; called on any loop */
    public IceServers(UdpLoops loops, Function<byte[], RelayUser> userNamedIn) {
        this.loops = loops.all();
        this.home = this.loops.getFirst();
        this.userNamedIn = userNamedIn;
    }

    /**
     * Uses these servers from now on: begins to gather from those that are new, keeps what the others have given, and
     * lets go of the rest. Sessions whose relay goes look for another way, for which their peers restart ICE; those of a
     * server that comes with another credential keep theirs.
     *
     * @throws IllegalArgumentException when there are more than {@link #MAX_SERVERS}
     */
    public void replace(List<? extends IceServer> servers) {
        List<? extends IceServer> wanted = servers.stream().distinct().toList();
        Set<String> uris = wanted.stream().map(IceServer::uri).collect(Collectors.toSet());
        if (wanted.size() > MAX_SERVERS) {
            throw new IllegalArgumentException("more than " + MAX_SERVERS + " STUN and TURN servers");
        }
        lock.lock();
        try {
            List<ServerWatch> old = watches.all();
            List<ServerWatch> next = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                IceServer server = wanted.get(i);
                int place = i;
                next.add(old.stream()
                        .filter(watch -> watch.status().server().equals(server))
                        .findFirst()
                        .orElseGet(() -> watch(server, place)));
            }
            watches = new Watches(List.copyOf(next), System.nanoTime());
            old.stream().filter(watch -> !next.contains(watch)).forEach(watch -> letGo(watch, uris));
            retired.keep(uris);
            if (!ticking && !next.isEmpty()) {
                ticking = home.execute(this::tick);
            } else {
                home.execute(this::tickAll);
            }
        } finally {
            lock.unlock();
        }
    }

    private void letGo(ServerWatch watch, Set<String> wantedUris) {
        if (watch instanceof TurnWatch turn
                && wantedUris.contains(turn.status().server().uri())) {
            retired.add(turn);
        } else {
            watch.close();
        }
    }

    private ServerWatch watch(IceServer server, int place) {
        return switch (server) {
            case StunServer stun -> new StunWatch(stun, home, random, this::changed);
            case TurnServer turn -> {
                int best =
                        switch (turn.transport()) {
                            case UDP -> UDP_PREFERENCE;
                            case TCP -> TCP_PREFERENCE;
                            case TLS -> TLS_PREFERENCE;
                        };
                yield new TurnWatch(turn, best - 8 * place, loops, userNamedIn, this::tls, random, this::changed);
            }
        };
    }

    /** Which ways new sessions and ICE restarts may take. */
    public IcePolicy policy() {
        return policy;
    }

    public void policy(IcePolicy value) {
        policy = value;
    }

    /** How each server does, in the order they were given. */
    public List<IceServerStatus> status() {
        return watches.all().stream().map(ServerWatch::status).toList();
    }

    /**
     * What answers may offer now. Right after a change of the servers it waits for those that are still silent.
     *
     * @param patience how long at most
     */
    public Ready ready(Duration patience) {
        long leftNanos = patience.toNanos();
        if (isGathering()) {
            lock.lock();
            try {
                while (isGathering() && leftNanos > 0) {
                    leftNanos = changed.awaitNanos(leftNanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
        }
        return ready();
    }

    /** What is ready, without waiting. */
    public Ready ready() {
        List<InetSocketAddress> mapped = new ArrayList<>();
        List<Relay> relays = new ArrayList<>();
        for (ServerWatch watch : watches.all()) {
            switch (watch) {
                case StunWatch stun ->
                    stun.mapped().filter(address -> !mapped.contains(address)).ifPresent(mapped::add);
                case TurnWatch turn -> {
                    Relay relay = turn.ready();
                    if (relay != null) {
                        relays.add(relay);
                    }
                }
            }
        }
        relays.sort(Comparator.comparingInt(Relay::localPreference).reversed());
        return new Ready(
                mapped.subList(0, Math.min(mapped.size(), MAX_MAPPED)),
                relays.subList(0, Math.min(relays.size(), MAX_RELAYS)));
    }

    private boolean isGathering() {
        Watches now = watches;
        if (closed || System.nanoTime() - now.sinceNanos() >= YOUNG_NANOS) {
            return false; // whoever is silent for so long is not waited for any more
        }
        for (ServerWatch watch : now.all()) {
            if (!watch.isSettled()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tries a server whether it is in use or not. A TURN server has to give two allocations and to carry a packet from
     * one to the other and back; a STUN server has to tell the media port's address. Takes some seconds where a server is
     * silent.
     */
    public TrialResult test(IceServer server) {
        return switch (server) {
            case TurnServer turn -> new ServerTrial(home, this::tls, random).run(turn);
            case StunServer stun -> test(stun);
        };
    }

    private TrialResult test(StunServer server) {
        CountDownLatch settled = new CountDownLatch(1);
        StunWatch watch = new StunWatch(server, home, random, settled::countDown);
        long startNanos = System.nanoTime();
        trials.add(watch);
        try {
            boolean done = false;
            while (!done && home.execute(() -> watch.tick(System.nanoTime()))) {
                done = settled.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            trials.remove(watch);
            watch.close();
        }
        IceServerStatus status = watch.status();
        return new TrialResult(
                server,
                status.state() == IceServerStatus.State.READY,
                Duration.ofNanos(System.nanoTime() - startNanos),
                status.roundTrip(),
                status.candidates(),
                status.problem());
    }

    /** Takes a datagram that belongs to no session; whether it was a STUN server's answer. On any loop. */
    public boolean take(byte[] data, InetSocketAddress from) {
        List<ServerWatch> all = watches.all();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof StunWatch stun && stun.take(data, from)) {
                return true;
            }
        }
        for (StunWatch trial : trials) {
            if (trial.take(data, from)) {
                return true;
            }
        }
        return false;
    }

    /** Checks certificates by this from now on, instead of the JVM's authorities. */
    public void trust(SSLContext context) {
        tls = context;
    }

    private SSLContext tls() {
        try {
            SSLContext own = tls;
            return own != null ? own : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM has no TLS", e);
        }
    }

    private void tick() {
        if (!closed) {
            tickAll();
            home.schedule(this::tick, TICK.toNanos());
        }
    }

    private void tickAll() {
        long nowNanos = System.nanoTime();
        watches.all().forEach(watch -> watch.tick(nowNanos));
        retired.tick(nowNanos);
    }

    private void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An address as people write it. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return IceServer.inUri(host) + ":" + address.getPort();
    }

    /** Gives all allocations back; may be called twice. The loops close the sockets. */
    @Override
    public void close() {
        closed = true;
        watches.all().forEach(ServerWatch::close);
        retired.close();
        changed();
    }
}
