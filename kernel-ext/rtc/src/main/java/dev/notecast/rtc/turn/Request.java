package dev.notecast.rtc.turn;

import dev.notecast.rtc.stun.TransactionId;
import java.time.Duration;

/** One request to the server and when to send it again (RFC 8489 §6.2.1, §6.2.2). */
final class Request {
    private static final long RTO_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MAX_SENDS = 7; // Rc
    private static final int LAST_WAIT = 16; // Rm, in RTOs
    private static final long RELIABLE_WAIT_NANOS = Duration.ofMillis(39_500).toNanos(); // Ti

    final TransactionId id;
    final Purpose purpose;
    final byte[] bytes;
    /** Whether it carries our credentials. */
    final boolean sealed;

    private final boolean reliable;
    private int sends;
    private long sentAtNanos;
    private long dueNanos;

    Request(TransactionId id, Purpose purpose, byte[] bytes, boolean sealed, boolean reliable) {
        this.id = id;
        this.purpose = purpose;
        this.bytes = bytes;
        this.sealed = sealed;
        this.reliable = reliable;
    }

    void sent(long nowNanos) {
        sends++;
        sentAtNanos = nowNanos;
        long wait = sends == MAX_SENDS ? LAST_WAIT * RTO_NANOS : RTO_NANOS << (sends - 1);
        dueNanos = nowNanos + (reliable ? RELIABLE_WAIT_NANOS : wait);
    }

    /** When to resend it, or give it up if it {@link #isExhausted}. */
    long dueNanos() {
        return dueNanos;
    }

    boolean isExhausted() {
        return reliable || sends >= MAX_SENDS;
    }

    int sends() {
        return sends;
    }

    /** How long the answer took; 0 when nobody can say which send it answers. */
    long roundTripNanos(long nowNanos) {
        return sends == 1 ? nowNanos - sentAtNanos : 0;
    }
}
