package dev.notecast.rtc.ice;

import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunUsername;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A full ICE agent (RFC 8445) for one component of one bundled stream, with trickled remote candidates (RFC 8838) and
 * consent (RFC 7675). It opens no socket and reads no clock: every call that takes {@code nowNanos} (of
 * {@link System#nanoTime}) may produce datagrams and events, so after it fetch {@link #pollTransmit} and
 * {@link #pollEvent} until both give null, then call {@link #tick} no later than {@link #nextTimeoutNanos}. Not thread
 * safe. An ICE restart is a new agent beside this one until it is connected.
 */
public final class IceAgent {
    /** What {@link #nextTimeoutNanos} says when nothing will happen by itself. */
    public static final long NO_TIMEOUT = Deadline.NEVER;

    private static final int MAX_OUTPUT = 64;

    private final BoundedQueue<Transmit> output = new BoundedQueue<>(MAX_OUTPUT);
    private final BoundedQueue<IceEvent> events = new BoundedQueue<>(MAX_OUTPUT);
    private final CheckList list = new CheckList();
    private final Drops drops = new Drops();
    private final Roles roles;
    private final BindingMessages messages;
    private final Checks checks;
    private final Selection selection;
    private final BindingRequests requests;
    private final BindingResponses responses;

    /**
     * @param tieBreaker 64 random bits that settle a role conflict
     * @param random for transaction ids; a {@link java.security.SecureRandom} outside of tests
     */
    public IceAgent(IceRole role, IceCredentials local, long tieBreaker, RandomGenerator random) {
        roles = new Roles(role, tieBreaker);
        messages = new BindingMessages(local);
        checks = new Checks(messages, roles, random, output::add);
        selection = new Selection(list, checks, roles, random, events::add);
        var triggered = new TriggeredChecks(list, checks, selection);
        requests = new BindingRequests(messages, roles, triggered, drops, output::add);
        responses = new BindingResponses(messages, roles, checks, selection, drops);
    }

    /**
     * Adds a local socket.
     *
     * @param local what {@link #receive} and {@link Transmit#local} call it; a wildcard address is paired with remote
     *     candidates of both families
     * @param localPreference 0..65535 as in the candidates advertised for it
     * @throws IllegalStateException when there are eight already
     */
    public void addBase(LocalSocket local, int localPreference, long nowNanos) {
        list.addBase(new Base(local, localPreference));
        tick(nowNanos);
    }

    /**
     * Takes the peer's credentials and begins to check.
     *
     * @throws IllegalStateException when they are known already: a restart is another agent
     */
    public void setRemoteCredentials(IceCredentials remote, long nowNanos) {
        if (messages.knowsRemote()) {
            throw new IllegalStateException("the peer's credentials are set already");
        }
        messages.setRemote(remote);
        selection.begin(nowNanos);
        requests.followUpEarly(remote.ufrag(), nowNanos);
        tick(nowNanos);
    }

    /**
     * Takes a candidate of the peer's; further ones may follow at any time.
     *
     * @return false when it is of no use here, which is counted: a name, TCP, not a unicast address with a port, or one
     *     more than 32
     */
    public boolean addRemoteCandidate(Candidate candidate, long nowNanos) {
        boolean taken = list.add(candidate) || drops.candidate();
        tick(nowNanos);
        return taken;
    }

    /**
     * Takes a STUN datagram.
     *
     * @param local the base it came in on
     * @return whether it was proven to come from the peer, so that {@code remote} may be mapped to this session; anything
     *     else is counted and dropped
     */
    public boolean receive(
            byte[] data, int offset, int length, LocalSocket local, InetSocketAddress remote, long nowNanos) {
        if (state() == IceState.FAILED) {
            return false;
        }
        boolean authentic =
                switch (StunPacket.parse(data, offset, length)) {
                    case ParseResult.Ok<StunPacket> ok -> onPacket(ok.value(), local, remote, nowNanos);
                    case ParseResult.Malformed<StunPacket> bad -> drops.malformed();
                };
        if (authentic) {
            selection.heard(nowNanos);
        }
        tick(nowNanos);
        return authentic;
    }

    /** Authenticated media came from the peer: it is no longer silent. Says nothing about its consent. */
    public void mediaReceived(long nowNanos) {
        selection.heard(nowNanos);
    }

    /** Does what is due. */
    public void tick(long nowNanos) {
        selection.tick(nowNanos);
    }

    /** When to call {@link #tick} at the latest, or {@link #NO_TIMEOUT}. */
    public long nextTimeoutNanos() {
        return selection.nextTimeoutNanos();
    }

    /** The next datagram to send, null when there is none. */
    public Transmit pollTransmit() {
        return output.poll();
    }

    /** The next event, null when there is none. */
    public IceEvent pollEvent() {
        return events.poll();
    }

    public IceState state() {
        return selection.state();
    }

    /** May change by role conflict. */
    public IceRole role() {
        return roles.role();
    }

    /** Where to send media. */
    public Optional<InetSocketAddress> selectedRemote() {
        return Optional.ofNullable(selection.pair()).map(CandidatePair::remote);
    }

    /** The base to send media from. */
    public Optional<LocalSocket> selectedLocal() {
        return Optional.ofNullable(selection.pair()).map(pair -> pair.base().local());
    }

    /** The pair in use, empty before there is one. */
    public Optional<SelectedPair> selectedPair() {
        return Optional.ofNullable(selection.pair())
                .map(pair -> new SelectedPair(
                        pair.base().local(),
                        pair.remote(),
                        pair.remoteType(),
                        Duration.ofNanos(pair.roundTripNanos),
                        roles.role()));
    }

    /** What the peer's checks name us by. */
    public String localUfrag() {
        return messages.localUfrag();
    }

    /** Whether a STUN datagram names this agent or answers it; nothing else about it is verified. */
    public boolean isAddressed(byte[] data, int offset, int length) {
        Optional<String> ufrag = StunUsername.localUfrag(data, offset, length);
        return ufrag.isPresent()
                ? ufrag.get().equals(localUfrag())
                : TransactionId.of(data, offset, length).map(checks::get).isPresent();
    }

    /** A TCP connection is closed: its pair is of no use any more; the peer may choose another. */
    public void connectionClosed(LocalSocket local, InetSocketAddress remote, long nowNanos) {
        list.base(local).flatMap(base -> list.pair(base, remote)).ifPresent(selection::closed);
        tick(nowNanos);
    }

    public IceCounters counters() {
        return drops.counters(output.dropped() + events.dropped());
    }

    private boolean onPacket(StunPacket packet, LocalSocket local, InetSocketAddress remote, long nowNanos) {
        StunMessage message = packet.message();
        Optional<Base> base = list.base(local);
        if (message.method() != StunMessage.BINDING || base.isEmpty()) {
            return drops.malformed();
        }
        return switch (message.messageClass()) {
            case REQUEST -> requests.receive(packet, base.get(), remote, nowNanos);
            case SUCCESS, ERROR -> responses.receive(packet, base.get(), remote, nowNanos);
            case INDICATION -> false; // RFC 8445 §11: a keepalive, which carries no proof of anything
        };
    }
}
