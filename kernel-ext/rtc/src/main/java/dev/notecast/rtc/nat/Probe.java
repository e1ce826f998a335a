package dev.notecast.rtc.nat;

import dev.notecast.rtc.stun.StunAttribute.ChangeRequest;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** One Binding request with its resends, until it is answered or given up. */
final class Probe {
    /** How it has ended. */
    enum End {
        OPEN,
        ANSWERED,
        SILENT,
        /** Answered, but not with what was asked for. */
        REFUSED
    }

    // A person waits: half of what RFC 8489 §6.2.1 begins with, and far fewer than its 39.5 s
    private static final long RTO_NANOS = Duration.ofMillis(250).toNanos();

    final InetSocketAddress to;
    /** Where the answer has to come from. */
    final InetSocketAddress from;

    final TransactionId id;
    private final byte[] request;
    private final int maxSends;
    private int sends;
    private long dueNanos;
    private End end = End.OPEN;
    private StunMessage answer; // when it is answered

    private Probe(
            InetSocketAddress to,
            InetSocketAddress from,
            TransactionId id,
            byte[] request,
            int maxSends,
            long nowNanos) {
        this.to = to;
        this.from = from;
        this.id = id;
        this.request = request;
        this.maxSends = maxSends;
        this.dueNanos = nowNanos;
    }

    /** @param maxSends each wait is twice as long as the one before, so three make 1.75 s, four 3.75 s */
    static Probe plain(InetSocketAddress to, int maxSends, RandomGenerator random, long nowNanos) {
        TransactionId id = TransactionId.random(random);
        return new Probe(to, to, id, StunWriter.write(StunMessage.binding(StunClass.REQUEST, id)), maxSends, nowNanos);
    }

    /** One that is to be answered from elsewhere. */
    static Probe changing(
            InetSocketAddress to,
            InetSocketAddress from,
            ChangeRequest change,
            int maxSends,
            RandomGenerator random,
            long nowNanos) {
        TransactionId id = TransactionId.random(random);
        byte[] request = StunWriter.write(StunMessage.binding(StunClass.REQUEST, id, change));
        return new Probe(to, from, id, request, maxSends, nowNanos);
    }

    /** What to send now, null when nothing is due. */
    byte[] poll(long nowNanos) {
        if (end != End.OPEN || nowNanos - dueNanos < 0) {
            return null;
        }
        if (sends == maxSends) {
            end = End.SILENT;
            return null;
        }
        dueNanos = nowNanos + (RTO_NANOS << sends);
        sends++;
        return request.clone();
    }

    void answered(StunMessage message) {
        answer = message;
        end = End.ANSWERED;
    }

    void refused() {
        end = End.REFUSED;
    }

    End end() {
        return end;
    }

    StunMessage answer() {
        return answer;
    }

    long dueNanos() {
        return dueNanos;
    }
}
