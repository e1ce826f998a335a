package dev.notecast.rtc.ice;

import dev.notecast.rtc.stun.TransactionId;
import java.time.Duration;

/** One Binding request of ours and when to send it again (RFC 8489 §6.2.1). */
final class Check {
    /** Why a request is sent. */
    enum Purpose {
        CONNECTIVITY,
        /** A connectivity check with USE-CANDIDATE for a pair that works. */
        NOMINATION,
        /** RFC 7675; never sent again, the next one follows anyway. */
        CONSENT
    }

    // RFC 8445 §14.3 asks for 500 ms and doubling, seven sends in all. Media paths answer sooner, and with a fifth of
    // all packets lost seven are too few: resends after 0.1, 0.2, 0.4, 0.8, then 1.6 s each time.
    private static final long FIRST_RESEND_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MAX_DOUBLINGS = 4;
    private static final int MAX_SENDS = 9;
    private static final long CONSENT_WAIT_NANOS = Duration.ofSeconds(4).toNanos();
    private static final long MIN_GAP_NANOS = Duration.ofMillis(50).toNanos();

    final TransactionId id;
    final CandidatePair pair;
    final Purpose purpose;
    /** The role that the request claims. */
    final IceRole role;

    final byte[] request;
    private int sends;
    private long sentAtNanos;
    private long dueNanos;

    Check(TransactionId id, CandidatePair pair, Purpose purpose, IceRole role, byte[] request) {
        this.id = id;
        this.pair = pair;
        this.purpose = purpose;
        this.role = role;
        this.request = request;
    }

    /** When to resend it, or give it up if it {@link #isExhausted}. */
    long dueNanos() {
        return dueNanos;
    }

    boolean isExhausted() {
        return purpose == Purpose.CONSENT || sends >= MAX_SENDS;
    }

    /** Whether a resend out of turn would not come too soon after the last. */
    boolean mayHurry(long nowNanos) {
        return !isExhausted() && nowNanos - sentAtNanos >= MIN_GAP_NANOS;
    }

    /** How long the answer that has just come took; 0 when nobody can say which send it answers. */
    long roundTripNanos(long nowNanos) {
        return sends == 1 ? Math.max(1, nowNanos - sentAtNanos) : 0;
    }

    void sent(long nowNanos) {
        sentAtNanos = nowNanos;
        sends++;
        long resend = FIRST_RESEND_NANOS << Math.min(sends - 1, MAX_DOUBLINGS);
        dueNanos = nowNanos + (purpose == Purpose.CONSENT ? CONSENT_WAIT_NANOS : resend);
    }
}
