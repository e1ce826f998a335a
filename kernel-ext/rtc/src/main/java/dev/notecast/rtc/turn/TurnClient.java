package dev.notecast.rtc.turn;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.AlternateServer;
import dev.notecast.rtc.stun.StunAttribute.Data;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.Lifetime;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunAttribute.XorPeerAddress;
import dev.notecast.rtc.stun.StunAttribute.XorRelayedAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import dev.notecast.rtc.turn.TurnFailure.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One allocation on a TURN server (RFC 8656), from the first request to its release. It opens no socket and reads no
 * clock: feed it what comes from the server, call {@link #tick} no later than {@link #nextTimeoutNanos}, and it calls a
 * {@link TurnOutput}. Datagrams go by channel where one stands, the caller writing {@link ChannelData}'s header itself,
 * else by {@link #indicate}. Not thread safe. Once it has ended it does nothing; a failed one is replaced by a new one.
 */
public final class TurnClient {
    /** Channels at a time; one allocation serves as many peers. */
    public static final int MAX_PEERS = 64;

    private static final int DOUBTED_SENDS = 3;
    private static final int MAX_REFUSALS = 4; // 401 and 438 without a success between them
    private static final int IDLE_SECONDS = 600;

    private enum State {
        ALLOCATING,
        ALLOCATED,
        ENDED
    }

    private final Authentication authentication;
    private final boolean ipv6;
    private final boolean reliable;
    private final RandomGenerator random;
    private final TurnOutput output;
    private final AllocationLifetime lifetime = new AllocationLifetime();
    private final Peers peers = new Peers();
    private final Map<TransactionId, Request> pending = new LinkedHashMap<>();

    private State state = State.ALLOCATING;
    private int refusals;
    private long strange; // messages that were dropped

    /**
     * @param ipv6 whether peers reach the relay by IPv6 (REQUESTED-ADDRESS-FAMILY)
     * @param reliable whether the server is reached by TCP or TLS, so that nothing is sent twice
     * @param random for transaction ids; a {@link java.security.SecureRandom} outside of tests
     */
    public TurnClient(
            TurnCredentials credentials, boolean ipv6, boolean reliable, RandomGenerator random, TurnOutput output) {
        this.authentication = new Authentication(credentials);
        this.ipv6 = ipv6;
        this.reliable = reliable;
        this.random = random;
        this.output = output;
    }

    /** Asks for the allocation; once. */
    public void start(long nowNanos) {
        ask(new Purpose.Allocate(ipv6), nowNanos);
    }

    /**
     * Takes a STUN message of the server's.
     *
     * @return whether it was more than a peer's datagram, so that {@link #nextTimeoutNanos} may have changed
     */
    public boolean receive(byte[] data, int offset, int length, long nowNanos) {
        if (state == State.ENDED) {
            return false;
        }
        boolean answer =
                switch (StunPacket.parse(data, offset, length)) {
                    case ParseResult.Ok<StunPacket>(StunPacket packet) -> onPacket(packet, nowNanos);
                    case ParseResult.Malformed<StunPacket> bad -> dropped();
                };
        if (answer) {
            tick(nowNanos);
        }
        return answer;
    }

    /** Lets a peer's address in, and keeps it let in; false when there are too many. Each call is undone by one of {@link #forget}. */
    public boolean permit(InetAddress address, long nowNanos) {
        boolean taken = peers.permit(address, nowNanos);
        tick(nowNanos);
        return taken;
    }

    public void forget(InetAddress address) {
        peers.forget(address);
    }

    /** Gets a peer a channel, and keeps it; false when there are {@link #MAX_PEERS} already. */
    public boolean bind(InetSocketAddress peer, long nowNanos) {
        boolean taken = peers.bind(peer, MAX_PEERS, nowNanos);
        tick(nowNanos);
        return taken;
    }

    /** A peer's channel may run out. */
    public void unbind(InetSocketAddress peer) {
        peers.unbind(peer);
    }

    /** Peers that have a channel, or will. */
    public int boundPeers() {
        return peers.wantedChannels();
    }

    /** Whether so many channels were given out that another allocation should take over. */
    public boolean isWorn() {
        return peers.usedNumbers() > (ChannelData.MAX_CHANNEL - ChannelData.MIN_CHANNEL) / 2;
    }

    /** The number to write before a datagram to this peer, 0 when it has no channel yet. Allocates nothing. */
    public int channelTo(InetSocketAddress peer, long nowNanos) {
        return peers.channelTo(peer, nowNanos);
    }

    /** Who a datagram on a channel is from, null when nobody can be. Allocates nothing. */
    public InetSocketAddress peerOf(int channel) {
        return peers.peerOf(channel);
    }

    /** Sends a datagram the long way (RFC 8656 §11), for peers without a channel; dropped without an allocation. */
    public void indicate(byte[] data, int offset, int length, InetSocketAddress peer) {
        if (state == State.ALLOCATED) {
            List<StunAttribute> body =
                    List.of(new XorPeerAddress(peer), new Data(Arrays.copyOfRange(data, offset, offset + length)));
            var message = new StunMessage(StunClass.INDICATION, StunMessage.SEND, TransactionId.random(random), body);
            output.transmit(StunWriter.write(message));
        }
    }

    /**
     * The system heard by ICMP that nobody takes datagrams there (RFC 8489 §6.2.1). Anybody may have said so, so the
     * server is asked: if it stays silent three times the allocation is lost.
     */
    public void unreachable(long nowNanos) {
        if (state != State.ALLOCATED) {
            return;
        }
        boolean silent = pending.values().stream()
                .anyMatch(each -> each.purpose instanceof Purpose.Refresh && each.sends() >= DOUBTED_SENDS);
        if (silent) {
            end(TurnFailure.of(Kind.LOST, 0, "nobody listens on the server's port any more"));
        } else if (lifetime.doubt()) {
            tick(nowNanos);
        }
    }

    /** Gives the allocation back (RFC 8656 §3.2); nobody waits for the answer. */
    public void release() {
        if (state == State.ALLOCATED) {
            output.transmit(
                    authentication.write(StunMessage.REFRESH, TransactionId.random(random), List.of(new Lifetime(0))));
        }
        state = State.ENDED;
    }

    /** Does what is due. */
    public void tick(long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        for (Request request : List.copyOf(pending.values())) {
            if (nowNanos - request.dueNanos() >= 0) {
                resendOrGiveUp(request, nowNanos);
            }
        }
        if (state != State.ALLOCATED) {
            return;
        }
        if (lifetime.isOver(nowNanos)) {
            end(TurnFailure.of(Kind.LOST, 0, "the server did not prolong the allocation"));
            return;
        }
        if (lifetime.beginsRefresh(nowNanos)) {
            ask(new Purpose.Refresh(), nowNanos);
        }
        peers.due(nowNanos, purpose -> ask(purpose, nowNanos));
    }

    /** When to call {@link #tick} at the latest. */
    public long nextTimeoutNanos(long nowNanos) {
        long next = nowNanos + Duration.ofSeconds(IDLE_SECONDS).toNanos();
        if (state == State.ENDED) {
            return next;
        }
        for (Request request : pending.values()) {
            next = request.dueNanos() - next < 0 ? request.dueNanos() : next;
        }
        if (state == State.ALLOCATED) {
            next = peers.nextDueNanos(lifetime.nextDueNanos(next));
        }
        return next;
    }

    /** Messages that were dropped: malformed, not authentic, or answers to nothing. */
    public long strange() {
        return strange;
    }

    private void ask(Purpose purpose, long nowNanos) {
        TransactionId id = TransactionId.random(random);
        byte[] bytes = authentication.write(purpose.method(), id, purpose.attributes());
        Request request = new Request(id, purpose, bytes, authentication.isChallenged(), reliable);
        pending.put(id, request);
        transmit(request, nowNanos);
    }

    private void transmit(Request request, long nowNanos) {
        request.sent(nowNanos);
        output.transmit(request.bytes.clone());
    }

    private void resendOrGiveUp(Request request, long nowNanos) {
        if (!request.isExhausted()) {
            transmit(request, nowNanos);
            return;
        }
        pending.remove(request.id);
        switch (request.purpose) {
            case Purpose.Allocate allocate -> end(TurnFailure.of(Kind.TIMEOUT, 0, "no answer"));
            case Purpose.Refresh refresh -> end(TurnFailure.of(Kind.LOST, 0, "the server answers no more"));
            case Purpose.Permit(InetAddress address) -> peers.unanswered(address, nowNanos);
            case Purpose.Bind(Channel channel) -> peers.notBound(channel, false, nowNanos);
        }
    }

    private boolean onPacket(StunPacket packet, long nowNanos) {
        StunMessage message = packet.message();
        if (message.messageClass() == StunClass.INDICATION) {
            onIndication(message);
            return false;
        }
        Request request = pending.get(message.id());
        boolean success = message.messageClass() == StunClass.SUCCESS;
        if (request == null
                || message.messageClass() == StunClass.REQUEST
                || success && !authentication.isAuthentic(packet)) {
            return dropped(); // RFC 8489 §9.2.5: as if it had not come
        }
        pending.remove(request.id);
        if (success) {
            onSuccess(request, message, nowNanos);
        } else {
            onError(request, message, nowNanos);
        }
        return true;
    }

    private boolean dropped() {
        strange++;
        return false;
    }

    private void onIndication(StunMessage message) {
        Optional<XorPeerAddress> peer = message.attribute(XorPeerAddress.class);
        Optional<Data> data = message.attribute(Data.class);
        boolean sound = state == State.ALLOCATED
                && message.method() == StunMessage.DATA
                && peer.isPresent()
                && data.isPresent()
                && peers.isPermitted(peer.get().address().getAddress());
        if (sound) {
            output.relayed(peer.get().address(), data.get().bytes());
        } else {
            strange++; // RFC 8656 §11.4
        }
    }

    private void onSuccess(Request request, StunMessage message, long nowNanos) {
        refusals = 0;
        switch (request.purpose) {
            case Purpose.Allocate allocate -> allocated(request, message, nowNanos);
            case Purpose.Refresh refresh -> keep(message, nowNanos);
            case Purpose.Permit(InetAddress address) -> peers.permitted(address, nowNanos);
            case Purpose.Bind(Channel channel) -> peers.bound(channel, nowNanos);
        }
    }

    private void allocated(Request request, StunMessage message, long nowNanos) {
        Optional<XorRelayedAddress> relayed = message.attribute(XorRelayedAddress.class);
        Optional<XorMappedAddress> mapped = message.attribute(XorMappedAddress.class);
        if (relayed.isEmpty() || mapped.isEmpty()) {
            end(TurnFailure.of(Kind.NOT_TURN, 0, "an answer without a relayed address"));
            return;
        }
        state = State.ALLOCATED;
        keep(message, nowNanos);
        Duration roundTrip = Duration.ofNanos(request.roundTripNanos(nowNanos));
        output.allocated(relayed.get().address(), mapped.get().address(), roundTrip);
    }

    private void keep(StunMessage message, long nowNanos) {
        lifetime.granted(
                message.attribute(Lifetime.class).map(Lifetime::seconds).orElse(AllocationLifetime.DEFAULT_SECONDS),
                nowNanos);
    }

    private void onError(Request request, StunMessage message, long nowNanos) {
        ErrorCode error = message.attribute(ErrorCode.class).orElse(new ErrorCode(400, "no reason given"));
        boolean mayRetry = error.code() == 438 || error.code() == 401 && !request.sealed;
        if (mayRetry && ++refusals <= MAX_REFUSALS && authentication.challenge(message)) {
            ask(request.purpose, nowNanos);
            return;
        }
        switch (request.purpose) {
            case Purpose.Allocate allocate -> end(TurnFailure.of(error, message.attribute(AlternateServer.class)));
            case Purpose.Refresh refresh -> refreshRefused(error);
            case Purpose.Permit(InetAddress address) -> peers.denied(address, nowNanos);
            case Purpose.Bind(Channel channel) -> peers.notBound(channel, true, nowNanos);
        }
    }

    private void refreshRefused(ErrorCode error) {
        if (error.code() == 437) {
            end(TurnFailure.of(Kind.LOST, 437, error.reason()));
        } else {
            output.expiring(TurnFailure.of(error, Optional.empty())); // and is not asked again
        }
    }

    private void end(TurnFailure failure) {
        state = State.ENDED;
        pending.clear();
        output.ended(failure);
    }
}
