package dev.notecast.rtc.ice;

import dev.notecast.rtc.ice.CandidatePair.State;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The pair in use: finds it by checking what is waiting, one pair at a time (RFC 8445 §6.1.4.2, §8), keeps the peer's
 * consent to it (RFC 7675), and looks for another when it dies. The agent's state is what has become of it.
 */
final class Selection {
    private static final long PACE_NANOS = Duration.ofMillis(50).toNanos(); // Ta, RFC 8445 §14.2
    private static final long CONNECT_TIMEOUT_NANOS = Duration.ofSeconds(30).toNanos(); // a slow trickle included

    private final CheckList list;
    private final Checks checks;
    private final Roles roles;
    private final Nomination nomination;
    private final Consent consent;
    private final Consumer<IceEvent> events;

    private IceState state = IceState.NEW;
    private CandidatePair selected;
    private long connectDeadlineNanos = Deadline.NEVER;
    private long nextPacedNanos = Deadline.NEVER;
    private boolean recovering; // another pair is looked for

    Selection(CheckList list, Checks checks, Roles roles, RandomGenerator random, Consumer<IceEvent> events) {
        this.list = list;
        this.checks = checks;
        this.roles = roles;
        this.nomination = new Nomination(list);
        this.consent = new Consent(random);
        this.events = events;
    }

    IceState state() {
        return state;
    }

    /** The pair in use, null before there is one. */
    CandidatePair pair() {
        return selected;
    }

    /** The peer's credentials are known: checks may begin. */
    void begin(long nowNanos) {
        connectDeadlineNanos = nowNanos + CONNECT_TIMEOUT_NANOS;
        nextPacedNanos = nowNanos;
        enter(IceState.CHECKING);
    }

    /** Does what is due. */
    void tick(long nowNanos) {
        if (!isRunning()) {
            return;
        }
        for (Check check : checks.resend(nowNanos)) {
            if (check.purpose != Check.Purpose.CONSENT) {
                failed(check.pair);
            }
        }
        if (selected == null) {
            connect(nowNanos);
        } else {
            keepConsent(nowNanos);
        }
    }

    /** When to call {@link #tick} at the latest. */
    long nextTimeoutNanos() {
        if (!isRunning()) {
            return Deadline.NEVER;
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

    /** Something that only the peer can have sent came in. */
    void heard(long nowNanos) {
        consent.heard(nowNanos);
        if (state == IceState.DISCONNECTED) {
            enter(IceState.CONNECTED);
        }
    }

    /** The peer answered a check on this pair. */
    void answered(CandidatePair pair, long nowNanos) {
        if (pair == selected) {
            consent.given(nowNanos);
            recovering = false;
        }
    }

    /** A pair that works was nominated, by whoever controls: it is used from now on, unless the one in use is better. */
    void nominated(CandidatePair pair, long nowNanos) {
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
        events.accept(new IceEvent.PairSelected(pair.base().local(), pair.remote()));
        enter(IceState.CONNECTED);
    }

    /** Our nomination of this pair, if there was one, came to nothing. */
    void nominationFailed(CandidatePair pair) {
        nomination.failed(pair);
    }

    /** A check on this pair was not answered, or refused. */
    void failed(CandidatePair pair) {
        if (pair == selected) {
            return; // its consent decides
        }
        pair.state = State.FAILED;
        pair.nominateOnSuccess = false;
        nomination.failed(pair);
    }

    /** No packet leaves by this pair any more. */
    void closed(CandidatePair pair) {
        pair.dead = true;
        discard(pair);
    }

    /** Ends all checks of a pair, and forgets it unless it is in use. */
    void discard(CandidatePair pair) {
        checks.cancel(pair);
        nomination.failed(pair);
        if (pair != selected) {
            list.remove(pair);
        }
    }

    private boolean isRunning() {
        return state != IceState.NEW && state != IceState.FAILED;
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

    private void giveUp() {
        checks.cancelAll();
        enter(IceState.FAILED);
    }

    private void enter(IceState next) {
        if (state != next) {
            state = next;
            events.accept(new IceEvent.StateChanged(next));
        }
    }
}
