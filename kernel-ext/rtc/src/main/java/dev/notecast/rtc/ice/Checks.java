package dev.notecast.rtc.ice;

import dev.notecast.rtc.ice.CandidatePair.State;
import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.TransactionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Our requests that wait for a response: at most one for each pair and purpose. */
final class Checks {
    private final Map<TransactionId, Check> pending = new LinkedHashMap<>();
    private final BindingMessages messages;
    private final Roles roles;
    private final RandomGenerator random;
    private final Consumer<Transmit> output;

    Checks(BindingMessages messages, Roles roles, RandomGenerator random, Consumer<Transmit> output) {
        this.messages = messages;
        this.roles = roles;
        this.random = random;
        this.output = output;
    }

    void start(CandidatePair pair, Check.Purpose purpose, long nowNanos) {
        pending.values().removeIf(check -> check.pair == pair && check.purpose == purpose);
        if (purpose == Check.Purpose.CONNECTIVITY) {
            pair.state = State.IN_PROGRESS;
        }
        TransactionId id = TransactionId.random(random);
        // consent is asked for with the nomination, as browsers do: it follows us behind a NAT that changed our address
        boolean nominate =
                purpose == Check.Purpose.NOMINATION || purpose == Check.Purpose.CONSENT && roles.isControlling();
        byte[] request = messages.check(id, roles.attribute(), pair.base().peerReflexivePriority(), nominate);
        Check check = new Check(id, pair, purpose, roles.role(), request);
        pending.put(id, check);
        transmit(check, nowNanos);
    }

    /** Resends what is due; what was sent often enough is given up and returned. */
    List<Check> resend(long nowNanos) {
        List<Check> givenUp = new ArrayList<>();
        for (Check check : List.copyOf(pending.values())) {
            if (!Deadline.isDue(check.dueNanos(), nowNanos)) {
                continue;
            }
            if (check.isExhausted()) {
                pending.remove(check.id);
                givenUp.add(check);
            } else {
                transmit(check, nowNanos);
            }
        }
        return givenUp;
    }

    /** Resends a pair's check out of turn, unless it has just been sent. */
    void hurry(CandidatePair pair, long nowNanos) {
        for (Check check : pending.values()) {
            if (check.pair == pair && check.mayHurry(nowNanos)) {
                transmit(check, nowNanos);
            }
        }
    }

    /** The request with this id, null when there is none. */
    Check get(TransactionId id) {
        return pending.get(id);
    }

    void remove(Check check) {
        pending.remove(check.id);
    }

    void cancel(CandidatePair pair) {
        pending.values().removeIf(check -> check.pair == pair);
    }

    /** Ends all checks but {@code selected}'s and those that the peer has nominated as well (RFC 8445 §8.1.2). */
    void cancelOthers(CandidatePair selected) {
        for (Check check : List.copyOf(pending.values())) {
            if (check.pair != selected && !check.pair.nominateOnSuccess) {
                pending.remove(check.id);
                if (check.pair.state == State.IN_PROGRESS) {
                    check.pair.state = State.WAITING;
                }
            }
        }
    }

    void cancelAll() {
        pending.clear();
    }

    long nextDueNanos() {
        long next = Deadline.NEVER;
        for (Check check : pending.values()) {
            next = Deadline.earlier(next, check.dueNanos());
        }
        return next;
    }

    private void transmit(Check check, long nowNanos) {
        check.sent(nowNanos);
        // a copy each time: the receiver may encrypt or otherwise change what it gets
        output.accept(new Transmit(check.request.clone(), check.pair.base().local(), check.pair.remote()));
    }
}
