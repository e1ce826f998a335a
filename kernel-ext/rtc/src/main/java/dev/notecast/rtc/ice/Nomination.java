package dev.notecast.rtc.ice;

import dev.notecast.rtc.ice.CandidatePair.State;
import java.time.Duration;
import java.util.Optional;

/** Decides which pair is used: by regular nomination when controlling (RFC 8445 §8.1.1), else as the peer says. */
final class Nomination {
    // how long a valid pair waits for a better one that is still being checked
    private static final long PATIENCE_NANOS = Duration.ofMillis(100).toNanos();
    // how long a peer may nominate several pairs at a time (RFC 5245 §8.1.1.2) before a nomination means a change
    private static final long SETTLING_NANOS = Duration.ofSeconds(3).toNanos();

    private final CheckList list;
    private CandidatePair nominating;
    private long patientUntilNanos = Deadline.NEVER;
    private boolean waiting;
    private long settledAtNanos = Deadline.NEVER;

    Nomination(CheckList list) {
        this.list = list;
    }

    /** The pair to nominate now, when controlling and nothing is selected. */
    Optional<CandidatePair> next(long nowNanos) {
        waiting = false;
        Optional<CandidatePair> valid = list.best(State.SUCCEEDED, IceRole.CONTROLLING);
        if (nominating != null || valid.isEmpty()) {
            return Optional.empty();
        }
        if (patientUntilNanos == Deadline.NEVER) {
            patientUntilNanos = nowNanos + PATIENCE_NANOS;
        }
        waiting = !Deadline.isDue(patientUntilNanos, nowNanos) && mayBeBeaten(valid.get());
        if (waiting) {
            return Optional.empty();
        }
        nominating = valid.get();
        return valid;
    }

    /** Whether the peer's nomination of {@code pair} ends the use of {@code selected}. */
    boolean replaces(CandidatePair selected, CandidatePair pair, IceRole role, long nowNanos) {
        return Deadline.isDue(settledAtNanos, nowNanos)
                || Long.compareUnsigned(pair.priority(role), selected.priority(role)) > 0;
    }

    /** A pair was selected; the first time counts. */
    void selected(long nowNanos) {
        if (settledAtNanos == Deadline.NEVER) {
            settledAtNanos = nowNanos + SETTLING_NANOS;
        }
    }

    /** Another pair is to be found than the one selected. */
    void beginAgain() {
        nominating = null;
        patientUntilNanos = Deadline.NEVER;
    }

    void failed(CandidatePair pair) {
        if (nominating == pair) {
            nominating = null;
        }
    }

    /** When the waiting for a better pair ends. */
    long nextDueNanos() {
        return waiting ? patientUntilNanos : Deadline.NEVER;
    }

    private boolean mayBeBeaten(CandidatePair valid) {
        return isBeaten(valid, State.WAITING) || isBeaten(valid, State.IN_PROGRESS);
    }

    private boolean isBeaten(CandidatePair valid, State state) {
        return list.best(state, IceRole.CONTROLLING)
                .filter(pair ->
                        Long.compareUnsigned(pair.priority(IceRole.CONTROLLING), valid.priority(IceRole.CONTROLLING))
                                > 0)
                .isPresent();
    }
}
