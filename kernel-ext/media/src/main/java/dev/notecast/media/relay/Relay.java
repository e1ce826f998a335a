package dev.notecast.media.relay;

import dev.notecast.media.udp.Crossings;
import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.io.Demux;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.io.PacketKind;
import dev.notecast.rtc.turn.TurnClient;
import dev.notecast.rtc.turn.TurnCredentials;
import dev.notecast.rtc.turn.TurnFailure;
import dev.notecast.rtc.turn.TurnOutput;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One allocation, shared by many sessions: whose a datagram is says the peer that it comes from, or the user name in an
 * ICE check, as on the UDP port. Socket and client live on one loop; sessions of others reach it by tasks. Methods are
 * for the loop, except those that say otherwise.
 */
public final class Relay {
    /** What becomes of it; called on the relay's loop. */
    interface Owner {
        void allocated(Relay relay);

        /** The server refuses to prolong it. */
        void expiring(Relay relay, TurnFailure failure);

        /** @param cause of a connection that broke or never stood, else null */
        void ended(Relay relay, TurnFailure failure, Throwable cause);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long PROBE_AFTER_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long ATTEMPT_NANOS = Duration.ofSeconds(8).toNanos(); // a server that is slower is of no use

    /** What came for a session of another loop. */
    private record Arrival(Relay relay, RelayUser user, byte[] datagram, InetSocketAddress peer, long nanos) {
        void deliver() {
            user.received(relay, datagram, peer, nanos);
        }
    }

    private final TurnServer server;
    private final UdpLoop loop;
    private final int localPreference;
    private final Owner owner;
    private final RelaySocket socket;
    private final LoopTimer timer;
    private final TurnClient client;
    private final PeerTable peers;
    private final BindingProbe probe;
    private final Crossings<Arrival> crossings = new Crossings<>(Arrival::deliver);

    private volatile LocalSocket local; // null before the allocation stands
    private volatile InetSocketAddress mapped;
    private volatile Duration roundTrip = Duration.ZERO;
    private volatile int boundPeers;
    private long startedNanos;
    private volatile boolean ended;
    private volatile boolean worn;

    Relay(
            TurnServer server,
            boolean ipv6,
            UdpLoop loop,
            int localPreference,
            Function<byte[], RelayUser> userNamedIn,
            SecureRandom random,
            Owner owner) {
        this.server = server;
        this.loop = loop;
        this.localPreference = localPreference;
        this.peers = new PeerTable(userNamedIn);
        this.owner = owner;
        boolean stream = server.transport() != TurnTransport.UDP;
        this.socket = new RelaySocket(loop, stream, new FromServer());
        this.probe = new BindingProbe(socket, random);
        this.timer = new LoopTimer(loop, this::wake);
        var credentials = new TurnCredentials(server.username(), server.credential());
        this.client = new TurnClient(credentials, ipv6, stream, random, new FromClient());
    }

    /** Begins to connect; once. */
    void open(InetSocketAddress address, SSLContext tls) {
        startedNanos = System.nanoTime();
        socket.open(server, address, tls);
        loop.schedule(this::watchAttempt, PROBE_AFTER_NANOS);
    }

    /** From any thread. */
    public UdpLoop loop() {
        return loop;
    }

    /** What sessions call it, once it stands; from any thread. */
    public LocalSocket local() {
        return local;
    }

    /** As in its candidate, from any thread. */
    public int localPreference() {
        return localPreference;
    }

    /** What an answer says of it, once it stands; from any thread. @param hidden without our own address */
    public Candidate candidate(boolean hidden) {
        return Candidate.relayed(local.address(), hidden ? null : mapped, localPreference);
    }

    /** To the server, from any thread; zero before it was measured. */
    Duration roundTrip() {
        return roundTrip;
    }

    /** Peers that have a channel, from any thread. */
    int boundPeers() {
        return boundPeers;
    }

    /** Whether the server answers STUN, though it gave no allocation; from any thread. */
    boolean answersBinding() {
        return probe.isAnswered();
    }

    /** Whether nothing goes through it any more, from any thread. */
    boolean isEnded() {
        return ended;
    }

    /** Whether new sessions should go elsewhere, from any thread. */
    boolean isWorn() {
        return worn;
    }

    /** Lets datagrams of these addresses in, from any thread; each is undone by {@link #forget}. */
    public void permit(List<InetAddress> addresses) {
        onLoop(() -> {
            long nowNanos = System.nanoTime();
            addresses.forEach(address -> client.permit(address, nowNanos));
            arm();
        });
    }

    /** From any thread. */
    public void forget(List<InetAddress> addresses) {
        onLoop(() -> addresses.forEach(client::forget));
    }

    /** Datagrams of this peer are a session's, which has sent a check there; false when they are another's. Any thread. */
    public boolean expectFrom(InetSocketAddress peer, RelayUser user) {
        return peers.expectFrom(peer, user);
    }

    /** The peer has proved to be a session's: everything from there is, and it gets a channel. Any thread. */
    public void claim(InetSocketAddress peer, RelayUser user) {
        peers.claim(peer, user);
        onLoop(() -> {
            if (!client.bind(peer, System.nanoTime())) {
                LOG.debug("[relay {}] no more channels", server.uri());
            }
            count();
            arm();
        });
    }

    /** Undoes {@link #expectFrom} and {@link #claim}, from any thread. */
    public void release(InetSocketAddress peer, RelayUser user) {
        if (peers.release(peer, user)) {
            onLoop(() -> {
                client.unbind(peer);
                count();
            });
        }
    }

    private void count() {
        boundPeers = client.boundPeers();
        worn = client.isWorn();
    }

    /** Sends a copy of a datagram; it leaves when the loop's present call ends. */
    public void send(byte[] data, int offset, int length, InetSocketAddress peer) {
        int channel = client.channelTo(peer, System.nanoTime());
        if (channel != 0) {
            socket.send(channel, data, offset, length, Demux.classify(data, offset, length) == PacketKind.RTP);
        } else {
            client.indicate(data, offset, length, peer);
        }
    }

    /** Gives the allocation back and closes the socket, from any thread; its sessions are told. */
    void close() {
        onLoop(() -> {
            if (!ended) {
                client.release();
                finish();
            }
        });
    }

    private void finish() {
        ended = true;
        socket.close();
        peers.clear().forEach(user -> user.loop().execute(() -> user.ended(this)));
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private void watchAttempt() {
        if (ended || local != null) {
            return;
        }
        long waited = System.nanoTime() - startedNanos;
        if (waited >= ATTEMPT_NANOS) {
            fail(new TurnFailure(TurnFailure.Kind.TIMEOUT, 0, "no answer", null), null);
            return;
        }
        if (server.transport() == TurnTransport.UDP) {
            probe.send();
        }
        loop.schedule(this::watchAttempt, ATTEMPT_NANOS - waited);
    }

    private void fail(TurnFailure failure, Throwable cause) {
        if (!ended) {
            finish();
            owner.ended(this, failure, cause);
        }
    }

    /** Sees to it that the client gets its time. */
    private void arm() {
        long nowNanos = System.nanoTime();
        timer.arm(client.nextTimeoutNanos(nowNanos), nowNanos);
    }

    private void wake(long nowNanos) {
        if (!ended) {
            client.tick(nowNanos);
            arm();
        }
    }

    private void deliver(InetSocketAddress peer, byte[] datagram, long nowNanos) {
        RelayUser user = peers.find(peer, datagram);
        if (user == null) {
            return;
        }
        if (user.loop() == loop) {
            user.received(this, datagram, peer, nowNanos);
        } else {
            crossings.add(user.loop(), new Arrival(this, user, datagram, peer, nowNanos));
        }
    }

    /** What comes from the socket. */
    private final class FromServer implements RelaySocket.Listener {
        @Override
        public void opened() {
            client.start(System.nanoTime());
            arm();
        }

        @Override
        public void stun(byte[] message) {
            if (probe.take(message)) {
                return;
            }
            if (client.receive(message, 0, message.length, System.nanoTime()) && !ended) {
                arm();
            }
        }

        @Override
        public void channelData(int channel, byte[] datagram) {
            InetSocketAddress peer = client.peerOf(channel);
            if (peer != null) {
                deliver(peer, datagram, System.nanoTime());
            }
        }

        @Override
        public void batchEnd() {
            crossings.send();
        }

        @Override
        public void refused(Throwable cause) {
            if (local == null) {
                closed(cause);
            } else if (!ended) {
                client.unreachable(System.nanoTime());
                arm();
            }
        }

        @Override
        public void closed(Throwable cause) {
            fail(new TurnFailure(TurnFailure.Kind.LOST, 0, "the connection was closed", null), cause);
        }
    }

    /** What the client wants. */
    private final class FromClient implements TurnOutput {
        @Override
        public void transmit(byte[] message) {
            socket.send(message);
        }

        @Override
        public void allocated(InetSocketAddress relayed, InetSocketAddress mappedAddress, Duration time) {
            mapped = mappedAddress;
            roundTrip = time;
            local = LocalSocket.relay(relayed);
            owner.allocated(Relay.this);
        }

        @Override
        public void relayed(InetSocketAddress peer, byte[] datagram) {
            deliver(peer, datagram, System.nanoTime());
        }

        @Override
        public void expiring(TurnFailure failure) {
            owner.expiring(Relay.this, failure);
        }

        @Override
        public void ended(TurnFailure failure) {
            fail(failure, null);
        }
    }
}
