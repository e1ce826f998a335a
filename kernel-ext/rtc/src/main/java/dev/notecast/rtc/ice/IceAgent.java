package dev.notecast.rtc.ice;

import dev.notecast.rtc.ice.CandidatePair.State;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
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

    private static final long PACE_NANOS = Duration.ofMillis(50).toNanos(); // Ta, RFC 8445 §14.2
    private static final long CONNECT_TIMEOUT_NANOS = Duration.ofSeconds(30).toNanos(); // a slow trickle included
    private static final int MAX_ROLE_CONFLICTS = 3; // on a pair; honest peers need one
    private static final int MAX_OUTPUT = 64;

    private final BoundedQueue<Transmit> output = new BoundedQueue<>(MAX_OUTPUT);
    private final BoundedQueue<IceEvent> events = new BoundedQueue<>(MAX_OUTPUT);
    private final EarlyChecks early = new EarlyChecks();
    private final CheckList list = new CheckList();
    private final Nomination nomination = new Nomination(list);
    private final Drops drops = new Drops();
    private final Roles roles;
    private final BindingMessages messages;
    private final Checks checks;
    private final Consent consent;

    private IceState state = IceState.NEW;
    private CandidatePair selected;
    private long connectDeadlineNanos = Deadline.NEVER;
    private long nextPacedNanos = Deadline.NEVER;
    private boolean recovering; // another pair is looked for

    /**
     * @param tieBreaker 64 random bits that settle a role conflict
     * @param random for transaction ids; a {@link java.security.SecureRandom} outside of tests
     */
    public IceAgent(IceRole role, IceCredentials local, long tieBreaker, RandomGenerator random) {
        roles = new Roles(role, tieBreaker);
        messages = new BindingMessages(local);
        checks = new Checks(messages, roles, random, output::add);
        consent = new Consent(random);
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
        connectDeadlineNanos = nowNanos + CONNECT_TIMEOUT_NANOS;
        nextPacedNanos = nowNanos;
        enter(IceState.CHECKING);
        for (EarlyChecks.Early check : early.take(remote.ufrag())) {
            onCheck(pairFor(check.base(), check.remote(), check.priority()), check.nominated(), nowNanos);
        }
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
        if (state == IceState.FAILED) {
            return false;
        }
        boolean authentic =
                switch (StunPacket.parse(data, offset, length)) {
                    case ParseResult.Ok<StunPacket> ok -> onPacket(ok.value(), local, remote, nowNanos);
                    case ParseResult.Malformed<StunPacket> bad -> drops.malformed();
                };
        if (authentic) {
            heard(nowNanos);
        }
        tick(nowNanos);
        return authentic;
    }

    /** Authenticated media came from the peer: it is no longer silent. Says nothing about its consent. */
    public void mediaReceived(long nowNanos) {
        heard(nowNanos);
    }

    /** Does what is due. */
    public void tick(long nowNanos) {
        if (!isRunning()) {
            return;
        }
        for (Check check : checks.resend(nowNanos)) {
            if (check.purpose != Check.Purpose.CONSENT) {
                fail(check.pair);
            }
        }
        if (selected == null) {
            connect(nowNanos);
        } else {
            keepConsent(nowNanos);
        }
    }

    /** When to call {@link #tick} at the latest, or {@link #NO_TIMEOUT}. */
    public long nextTimeoutNanos() {
        if (!isRunning()) {
            return NO_TIMEOUT;
        }
        long next = checks.nextDueNanos();
        if (selected != null) {
            next = Deadline.earlier(next, consent.nextDueNanos(state == IceState.CONNECTED));
            if (!recovering) {
                return roles.isControlling() ? Deadline.earlier(next, consent.inDoubtAtNanos()) : next;
            }
        } else {
            next = Deadline.earlier(next, connectDeadlineNanos);
        }
        if (roles.isControlling()) {
            next = Deadline.earlier(next, nomination.nextDueNanos());
        }
        return list.has(State.WAITING) ? Deadline.earlier(next, nextPacedNanos) : next;
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
        return state;
    }

    /** May change by role conflict. */
    public IceRole role() {
        return roles.role();
    }

    /** Where to send media. */
    public Optional<InetSocketAddress> selectedRemote() {
        return Optional.ofNullable(selected).map(CandidatePair::remote);
    }

    /** The base to send media from. */
    public Optional<LocalSocket> selectedLocal() {
        return Optional.ofNullable(selected).map(pair -> pair.base().local());
    }

    /** The pair in use, empty before there is one. */
    public Optional<SelectedPair> selectedPair() {
        return Optional.ofNullable(selected)
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
        list.base(local).flatMap(base -> list.pair(base, remote)).ifPresent(pair -> {
            checks.cancel(pair);
            nomination.failed(pair);
            pair.dead = true;
            if (pair != selected) {
                list.remove(pair);
            }
        });
        tick(nowNanos);
    }

    public IceCounters counters() {
        return drops.counters(output.dropped() + events.dropped());
    }

    private boolean isRunning() {
        return state != IceState.FAILED && messages.knowsRemote();
    }

    private boolean onPacket(StunPacket packet, LocalSocket local, InetSocketAddress remote, long nowNanos) {
        StunMessage message = packet.message();
        Optional<Base> base = list.base(local);
        if (message.method() != StunMessage.BINDING || base.isEmpty()) {
            return drops.malformed();
        }
        return switch (message.messageClass()) {
            case REQUEST -> onRequest(packet, base.get(), remote, nowNanos);
            case SUCCESS, ERROR -> onResponse(packet, base.get(), remote, nowNanos);
            case INDICATION -> false; // RFC 8445 §11: a keepalive, which carries no proof of anything
        };
    }

    private boolean onRequest(StunPacket packet, Base base, InetSocketAddress remote, long nowNanos) {
        Optional<String> sender = messages.authenticSender(packet);
        if (sender.isEmpty()) {
            return drops.unauthenticated();
        }
        StunMessage request = packet.message();
        if (!packet.notUnderstood().isEmpty()) {
            send(messages.unknownAttributes(request.id(), packet.notUnderstood()), base, remote);
            return true;
        }
        if (!roles.settle(request)) {
            send(messages.roleConflict(request.id()), base, remote);
            return true;
        }
        send(messages.success(request.id(), remote), base, remote);
        boolean nominated = !roles.isControlling() && request.has(UseCandidate.class);
        long priority = request.attribute(Priority.class).map(Priority::value).orElse(0L);
        if (messages.knowsRemote()) {
            onCheck(pairFor(base, remote, priority), nominated, nowNanos);
        } else {
            early.add(new EarlyChecks.Early(base, remote, priority, nominated, sender.get()));
        }
        return true;
    }

    private boolean onResponse(StunPacket packet, Base base, InetSocketAddress remote, long nowNanos) {
        StunMessage response = packet.message();
        Check check = checks.get(response.id());
        if (check == null || check.pair.base() != base || !check.pair.remote().equals(remote)) {
            return drops.unmatched();
        }
        if (!messages.isAuthenticResponse(packet)) {
            return drops.unauthenticated();
        }
        if (!BindingMessages.isComplete(packet)) {
            return drops.malformed();
        }
        checks.remove(check);
        Optional<ErrorCode> error = response.attribute(ErrorCode.class);
        if (error.isEmpty()) {
            onSuccess(check, nowNanos);
        } else if (error.get().code() == ErrorCode.ROLE_CONFLICT) {
            onRoleConflict(check, nowNanos);
        } else if (check.purpose != Check.Purpose.CONSENT) {
            fail(check.pair);
        }
        return true;
    }

    private void onSuccess(Check check, long nowNanos) {
        CandidatePair pair = check.pair;
        pair.state = State.SUCCEEDED;
        pair.answeredAtNanos = nowNanos;
        long roundTripNanos = check.roundTripNanos(nowNanos);
        pair.roundTripNanos = roundTripNanos == 0 ? pair.roundTripNanos : roundTripNanos;
        if (pair == selected) {
            consent.given(nowNanos);
            recovering = false;
        }
        boolean nominated = roles.isControlling() ? check.purpose == Check.Purpose.NOMINATION : pair.nominateOnSuccess;
        pair.nominateOnSuccess = false;
        if (nominated) {
            onNominated(pair, nowNanos);
        }
    }

    /** RFC 8445 §7.2.5.1. */
    private void onRoleConflict(Check check, long nowNanos) {
        roles.refused(check.role);
        nomination.failed(check.pair);
        if (check.purpose == Check.Purpose.CONSENT) {
            return; // the next one claims the right role
        }
        if (++check.pair.roleConflicts > MAX_ROLE_CONFLICTS) {
            fail(check.pair);
        } else {
            checks.start(check.pair, Check.Purpose.CONNECTIVITY, nowNanos);
        }
    }

    /** A check of the peer's arrived, so the way is open: check it from here at once (RFC 8445 §7.3.1.4). */
    private void onCheck(CandidatePair pair, boolean nominated, long nowNanos) {
        boolean works = pair.state == State.SUCCEEDED;
        if (works && (!nominated || pair == selected)) {
            return;
        }
        if (works && Consent.isFresh(pair.answeredAtNanos, nowNanos)) {
            onNominated(pair, nowNanos);
            return;
        }
        pair.nominateOnSuccess |= nominated;
        if (pair.state == State.IN_PROGRESS) {
            checks.hurry(pair, nowNanos); // has the effect of the RFC's new transaction
        } else {
            checks.start(pair, Check.Purpose.CONNECTIVITY, nowNanos);
        }
    }

    private void onNominated(CandidatePair pair, long nowNanos) {
        if (pair == selected || !mayReplaceSelected(pair, nowNanos)) {
            return;
        }
        selected = pair;
        recovering = false;
        nomination.selected(nowNanos);
        consent.given(pair.answeredAtNanos);
        consent.checkSent(nowNanos);
        consent.heard(nowNanos);
        checks.cancelOthers(pair);
        events.add(new IceEvent.PairSelected(pair.base().local(), pair.remote()));
        enter(IceState.CONNECTED);
    }

    private boolean mayReplaceSelected(CandidatePair pair, long nowNanos) {
        return selected == null || selected.dead || nomination.replaces(selected, pair, roles.role(), nowNanos);
    }

    private void connect(long nowNanos) {
        if (Deadline.isDue(connectDeadlineNanos, nowNanos)) {
            giveUp();
        } else {
            checkPairs(nowNanos);
        }
    }

    private void checkPairs(long nowNanos) {
        if (Deadline.isDue(nextPacedNanos, nowNanos)) {
            list.best(State.WAITING, roles.role()).ifPresent(pair -> {
                checks.start(pair, Check.Purpose.CONNECTIVITY, nowNanos);
                nextPacedNanos = nowNanos + PACE_NANOS;
            });
        }
        if (roles.isControlling()) {
            nomination.next(nowNanos).ifPresent(pair -> checks.start(pair, Check.Purpose.NOMINATION, nowNanos));
        }
    }

    private void keepConsent(long nowNanos) {
        if (consent.isExpired(nowNanos)) {
            giveUp();
            return;
        }
        if (consent.isCheckDue(nowNanos)) {
            checks.start(selected, Check.Purpose.CONSENT, nowNanos);
            consent.checkSent(nowNanos);
        }
        if (consent.isSilent(nowNanos)) {
            enter(IceState.DISCONNECTED);
        }
        if (roles.isControlling() && (recovering || selected.dead || consent.isInDoubt(nowNanos))) {
            recover(nowNanos);
        }
    }

    /**
     * The pair in use has died: another one is nominated while consent lasts. RFC 8445 §12 lets a controlling agent only
     * restart, which takes signaling that we cannot begin; peers take a later nomination, as browsers send it.
     */
    private void recover(long nowNanos) {
        if (!recovering || list.isExhausted()) {
            recovering = true;
            list.beginAgain(selected);
            nomination.beginAgain();
            nextPacedNanos = nowNanos;
        }
        checkPairs(nowNanos);
    }

    private void heard(long nowNanos) {
        consent.heard(nowNanos);
        if (state == IceState.DISCONNECTED) {
            enter(IceState.CONNECTED);
        }
    }

    private void send(byte[] data, Base base, InetSocketAddress remote) {
        output.add(new Transmit(data, base.local(), remote));
    }

    private CandidatePair pairFor(Base base, InetSocketAddress remote, long priority) {
        Optional<CandidatePair> known = list.pair(base, remote);
        if (known.isPresent()) {
            return known.get();
        }
        list.surplus(selected).ifPresent(pair -> {
            checks.cancel(pair);
            nomination.failed(pair);
            list.remove(pair);
        });
        return list.learn(base, remote, priority);
    }

    private void fail(CandidatePair pair) {
        if (pair == selected) {
            return; // its consent decides
        }
        pair.state = State.FAILED;
        pair.nominateOnSuccess = false;
        nomination.failed(pair);
    }

    private void giveUp() {
        checks.cancelAll();
        enter(IceState.FAILED);
    }

    private void enter(IceState next) {
        if (state != next) {
            state = next;
            events.add(new IceEvent.StateChanged(next));
        }
    }
}
