package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.stun.BindingClient;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks a STUN server for the media port's address as it sees it, from that very port, and keeps the mapping. */
final class StunWatch implements ServerWatch {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(3).toNanos(); // until it counts as failed
    private static final long RESOLVE_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final StunServer server;
    private final UdpLoop loop;
    private final SecureRandom random;
    private final Runnable onChange;
    private final long startedNanos = System.nanoTime();
    private BindingClient client; // null before the name is resolved
    private boolean resolving;
    private long resolveAtNanos = startedNanos;

    private volatile InetSocketAddress address; // null before the name is resolved
    private volatile TransactionId expected;
    private volatile InetSocketAddress mapped;
    private volatile Duration roundTrip = Duration.ZERO;
    private volatile String problem = "";
    private volatile boolean settled;
    private volatile boolean closed;

    StunWatch(StunServer server, UdpLoop loop, SecureRandom random, Runnable onChange) {
        this.server = server;
        this.loop = loop;
        this.random = random;
        this.onChange = onChange;
    }

    @Override
    public void tick(long nowNanos) {
        if (closed) {
            return;
        }
        if (client == null) {
            if (!resolving && nowNanos - resolveAtNanos >= 0) {
                resolving = true;
                Resolver.resolve(server.host(), found -> loop.execute(() -> resolved(found)));
            }
            return;
        }
        byte[] request = client.tick(nowNanos);
        if (request != null) {
            expected = TransactionId.of(request, 0, request.length).orElseThrow();
            loop.send(request, 0, request.length, address);
        }
        if (client.problem().isPresent() || !settled && nowNanos - startedNanos >= PATIENCE_NANOS) {
            update("no answer");
        }
    }

    private void resolved(List<InetAddress> found) {
        resolving = false;
        if (found.isEmpty()) {
            resolveAtNanos = System.nanoTime() + RESOLVE_AGAIN_NANOS;
            problem = Problems.unknownHost(server);
            settle();
            return;
        }
        address = new InetSocketAddress(found.getFirst(), server.port());
        client = new BindingClient(random, System.nanoTime());
        tick(System.nanoTime());
    }

    /** Takes a datagram if it is an answer of this server's that is waited for; on any loop. */
    boolean take(byte[] data, InetSocketAddress from) {
        if (!from.equals(address)
                || !TransactionId.of(data, 0, data.length)
                        .filter(id -> id.equals(expected))
                        .isPresent()) {
            return false;
        }
        loop.execute(() -> {
            if (StunPacket.parse(data, 0, data.length) instanceof ParseResult.Ok<StunPacket>(StunPacket packet)) {
                client.receive(packet, System.nanoTime());
                update("");
            }
        });
        return true;
    }

    private void update(String otherwise) {
        String said = client.problem().orElse(client.mapped().isPresent() ? "" : otherwise);
        mapped = client.mapped().orElse(null);
        roundTrip = client.roundTrip();
        problem = said.isEmpty() ? "" : Problems.stun(server, said);
        settle();
    }

    private void settle() {
        settled = true;
        onChange.run();
    }

    /** The media port as this server sees it, from any thread. */
    Optional<InetSocketAddress> mapped() {
        return Optional.ofNullable(mapped);
    }

    Set<String> describe() {
        InetSocketAddress seen = mapped;
        return seen == null ? Set.of() : Set.of("srflx " + IceServers.text(seen));
    }

    @Override
    public boolean isSettled() {
        return settled;
    }

    @Override
    public IceServerStatus status() {
        String said = problem;
        IceServerStatus.State state = mapped != null
                ? IceServerStatus.State.READY
                : settled ? IceServerStatus.State.FAILED : IceServerStatus.State.TRYING;
        return new IceServerStatus(
                server,
                state,
                roundTrip,
                List.copyOf(describe()),
                0,
                said.isEmpty() && server.port() == 53 ? Problems.port53(server) : said);
    }

    @Override
    public void close() {
        closed = true;
    }
}
