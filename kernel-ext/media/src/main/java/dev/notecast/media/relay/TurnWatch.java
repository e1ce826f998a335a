package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.turn.TurnClient;
import dev.notecast.rtc.turn.TurnFailure;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an allocation of a TURN server ready: makes the first one at once, the next when the channels of those there are
 * come to an end, and another for one that is lost.
 */
final class TurnWatch implements ServerWatch, Relay.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(TurnWatch.class);
    private static final int MAX_RELAYS = 8; // providers limit what one user may have
    private static final int ROOM_FOR = TurnClient.MAX_PEERS * 3 / 4; // with more peers the next one is begun
    private static final int MAX_HOPS = 3; // 300 and 437 in a row
    private static final long FIRST_RETRY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LAST_RETRY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MAX_DOUBLINGS = 5;
    private static final long SETTLING_NANOS = Duration.ofSeconds(30).toNanos(); // of sessions that begin just then

    private final TurnServer server;
    private final int localPreference;
    private final List<UdpLoop> loops;
    private final UdpLoop home;
    private final Function<byte[], RelayUser> userNamedIn;
    private final Supplier<SSLContext> tls;
    private final SecureRandom random;
    private final Runnable onChange;

    private final List<Relay> relays = new ArrayList<>(); // that stand, those that are about to go included
    private InetSocketAddress alternate; // where the server sent us on to, else null
    private Relay opening; // null when none is
    private boolean resolving;
    private boolean otherFamily;
    private int failures; // in a row
    private int hops;
    private int opened;
    private long nextTryNanos = System.nanoTime();
    private boolean retired;
    private long retiredNanos; // when it is

    private volatile List<Relay> ready = List.of(); // for new sessions
    private volatile String problem = "";
    private volatile boolean settled;
    private volatile boolean closed;

    TurnWatch(
            TurnServer server,
            int localPreference,
            List<UdpLoop> loops,
            Function<byte[], RelayUser> userNamedIn,
            Supplier<SSLContext> tls,
            SecureRandom random,
            Runnable onChange) {
        this.server = server;
        this.localPreference = localPreference;
        this.loops = loops;
        this.home = loops.getFirst();
        this.userNamedIn = userNamedIn;
        this.tls = tls;
        this.random = random;
        this.onChange = onChange;
    }

    @Override
    public void tick(long nowNanos) {
        if (!closed && !retired && opening == null && !resolving && nowNanos - nextTryNanos >= 0 && wantsAnother()) {
            resolving = true;
            Resolver.resolve(server.host(), found -> {
                SSLContext context = server.transport() == TurnTransport.TLS ? tls.get() : null; // reads files
                home.execute(() -> resolved(found, context));
            });
        }
    }

    /** Gives nothing more to new sessions; from any thread. */
    void retire() {
        home.execute(() -> {
            retiredNanos = System.nanoTime();
            retired = true;
            ready = List.of();
        });
    }

    /** Whether no session needs it any more, once it is retired. */
    boolean isUnused(long nowNanos) {
        return retired
                && nowNanos - retiredNanos > SETTLING_NANOS
                && relays.stream().allMatch(relay -> relay.boundPeers() == 0);
    }

    private boolean wantsAnother() {
        return relays.size() < MAX_RELAYS && ready.stream().noneMatch(TurnWatch::hasRoom);
    }

    private static boolean hasRoom(Relay relay) {
        return relay.boundPeers() < ROOM_FOR && !relay.isWorn();
    }

    private void resolved(List<InetAddress> found, SSLContext context) {
        resolving = false;
        if (closed) {
            return;
        }
        if (found.isEmpty()) {
            problem = Problems.unknownHost(server);
            failed();
            return;
        }
        InetAddress next = found.get(failures % found.size());
        InetSocketAddress address = alternate != null ? alternate : new InetSocketAddress(next, server.port());
        boolean ipv6 = address.getAddress() instanceof Inet6Address != otherFamily;
        UdpLoop loop = loops.get(opened++ % loops.size());
        Relay relay = new Relay(server, ipv6, loop, localPreference, userNamedIn, random, this);
        opening = relay;
        loop.execute(() -> relay.open(address, context));
    }

    @Override
    public void allocated(Relay relay) {
        home.execute(() -> {
            opening = null;
            if (closed || retired) {
                relay.close();
                return;
            }
            failures = 0;
            hops = 0;
            problem = "";
            relays.add(relay);
            refresh();
        });
    }

    @Override
    public void expiring(Relay relay, TurnFailure failure) {
        home.execute(() -> {
            problem = Problems.turn(server, failure, null, false);
            LOG.info("[ice] {}", problem);
            List<Relay> others = new ArrayList<>(ready);
            others.remove(relay);
            ready = List.copyOf(others);
            nextTryNanos = System.nanoTime();
        });
    }

    @Override
    public void ended(Relay relay, TurnFailure failure, Throwable cause) {
        home.execute(() -> {
            boolean stood = relays.remove(relay);
            List<Relay> others = new ArrayList<>(ready);
            others.remove(relay);
            ready = List.copyOf(others);
            if (closed) {
                return;
            }
            if (relay == opening) {
                opening = null;
                attemptFailed(relay, failure, cause);
            } else if (stood) {
                LOG.info("[ice] {}", Problems.turn(server, failure, cause, false));
                nextTryNanos = System.nanoTime();
            }
            onChange.run();
        });
    }

    private void attemptFailed(Relay relay, TurnFailure failure, Throwable cause) {
        boolean again =
                switch (failure.kind()) {
                    case REDIRECTED -> {
                        alternate = failure.alternate();
                        yield ++hops <= MAX_HOPS;
                    }
                    case MISMATCH -> ++hops <= MAX_HOPS; // the next attempt has another port
                    case REFUSED -> {
                        boolean family = failure.code() == 440 && !otherFamily;
                        otherFamily |= family;
                        yield family;
                    }
                    default -> false;
                };
        if (again) {
            nextTryNanos = System.nanoTime();
            tick(nextTryNanos);
            return;
        }
        alternate = null;
        problem = Problems.turn(server, failure, cause, relay.answersBinding());
        LOG.info("[ice] {}", problem); // status() tells it: a cell that runs just then is not the place
        failed();
    }

    private void failed() {
        long wait = FIRST_RETRY_NANOS << Math.min(failures, MAX_DOUBLINGS);
        nextTryNanos = System.nanoTime() + Math.min(wait, LAST_RETRY_NANOS);
        failures++;
        hops = 0;
        settle();
    }

    private void refresh() {
        List<Relay> others = new ArrayList<>(ready);
        others.add(relays.getLast());
        ready = List.copyOf(others);
        settle();
    }

    private void settle() {
        settled = true;
        onChange.run();
    }

    /** The allocation that a new session gets, null when there is none; from any thread. */
    Relay ready() {
        Relay best = null;
        for (Relay relay : ready) {
            if (best == null || !hasRoom(best) || hasRoom(relay) && relay.boundPeers() < best.boundPeers()) {
                best = relay;
            }
        }
        return best;
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    @Override
    public IceServerStatus status() {
        List<Relay> standing = ready;
        IceServerStatus.State state = !standing.isEmpty()
                ? IceServerStatus.State.READY
                : settled ? IceServerStatus.State.FAILED : IceServerStatus.State.TRYING;
        String said = problem;
        if (said.isEmpty() && server.isExpired()) {
            said = Problems.expired(server);
        } else if (said.isEmpty() && server.port() == 53) {
            said = Problems.port53(server);
        }
        return new IceServerStatus(
                server,
                state,
                standing.isEmpty() ? Duration.ZERO : standing.getLast().roundTrip(),
                standing.stream()
                        .map(relay -> "relay " + IceServers.text(relay.local().address()))
                        .toList(),
                standing.stream().mapToInt(Relay::boundPeers).sum(),
                said);
    }

    @Override
    public void close() {
        closed = true;
        home.execute(() -> {
            if (opening != null) {
                opening.close();
            }
            relays.forEach(Relay::close);
            relays.clear();
            ready = List.of();
        });
    }
}
