package dev.notecast.rtc.receive;

import dev.notecast.rtc.rtp.SequenceNumbers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds lost packets of one incoming stream and says when to ask for them (RFC 4585 §6.2.1). One thread at a time. */
public final class NackGenerator {
    /** A larger jump is a new beginning, not loss; older packets are never asked for, so no more than these wait. */
    public static final int MAX_MISORDER = 500;

    public static final int MAX_TRIES = 10;

    /** What is still missing then would come too late to be played. */
    public static final long MAX_AGE_NANOS = 1_000_000_000L;

    /** In one NACK, so that it is a small part of a datagram. */
    public static final int MAX_AT_ONCE = 100;

    /** What is asked for in a second at most, in packets: 4 bytes each where none are neighbours. */
    public static final int MAX_PER_SECOND = 1_000;

    static final long FIRST_DELAY_NANOS = 5_000_000L; // packets that are only out of order come within that
    static final long MIN_RETRY_NANOS = 40_000_000L;
    private static final long RETRY_MARGIN_NANOS = 10_000_000L; // a repair may itself come out of order
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final class Missing {
        final long sinceNanos;
        long dueNanos;
        long askedNanos;
        int tries;

        Missing(long nowNanos) {
            sinceNanos = nowNanos;
            dueNanos = nowNanos + FIRST_DELAY_NANOS;
        }
    }

    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private long highest = -1;
    private long retryNanos = 100_000_000L;
    private long repairNanos = -1; // smoothed
    private double allowance = MAX_AT_ONCE;
    private long allowanceNanos;
    private long requested;
    private boolean gaveUp;

    /** Sets how long an answer may take; retries wait a little longer. */
    public void roundTripTime(long rttNanos) {
        retryNanos =
                Math.clamp(rttNanos + Math.max(rttNanos / 8, RETRY_MARGIN_NANOS), MIN_RETRY_NANOS, MAX_AGE_NANOS / 2);
    }

    /** Takes note of a packet that came in, padding included. */
    public void received(int sequenceNumber, long nowNanos) {
        if (highest < 0) {
            highest = sequenceNumber;
            return;
        }
        long sequence = SequenceNumbers.unwrap(sequenceNumber, highest);
        if (sequence <= highest) {
            missing.remove(sequence);
            return;
        }
        if (sequence - highest > MAX_MISORDER) {
            missing.clear();
            gaveUp = true;
        } else {
            for (long lost = highest + 1; lost < sequence; lost++) {
                missing.put(lost, new Missing(nowNanos));
            }
        }
        highest = sequence;
        Map<Long, Missing> tooOld = missing.headMap(highest - MAX_MISORDER);
        gaveUp |= !tooOld.isEmpty();
        tooOld.clear();
    }

    /** Takes note of a packet that was sent again, and of how long that took. */
    public void repaired(int sequenceNumber, long nowNanos) {
        if (highest < 0) {
            return;
        }
        Missing packet = missing.remove(SequenceNumbers.unwrap(sequenceNumber, highest));
        if (packet != null && packet.tries == 1) { // after more it is not known which one was answered
            long took = nowNanos - packet.askedNanos;
            repairNanos = repairNanos < 0 ? took : repairNanos + (took - repairNanos) / 8;
            roundTripTime(repairNanos);
        }
    }

    /** Whether a packet was asked for and has not come. */
    public boolean isAwaited(int sequenceNumber) {
        if (highest < 0) {
            return false;
        }
        Missing packet = missing.get(SequenceNumbers.unwrap(sequenceNumber, highest));
        return packet != null && packet.tries > 0;
    }

    /** The sequence numbers to ask for now, ascending as sent; what was asked for too often or too long is given up. */
    public List<Integer> due(long nowNanos) {
        if (missing.isEmpty()) {
            return List.of();
        }
        double refill = (double) (nowNanos - allowanceNanos) * MAX_PER_SECOND / NANOS_PER_SECOND;
        allowance = Math.clamp(allowance + refill, 0, MAX_AT_ONCE);
        allowanceNanos = nowNanos;
        List<Integer> due = new ArrayList<>();
        Iterator<Map.Entry<Long, Missing>> entries = missing.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Long, Missing> entry = entries.next();
            Missing packet = entry.getValue();
            if (nowNanos - packet.dueNanos < 0) {
                continue;
            }
            if (packet.tries >= MAX_TRIES || nowNanos - packet.sinceNanos >= MAX_AGE_NANOS) {
                entries.remove();
                gaveUp = true;
                continue;
            }
            if (allowance < 1) {
                continue; // later, unless it is too old by then
            }
            allowance--;
            requested++;
            packet.tries++;
            packet.askedNanos = nowNanos;
            packet.dueNanos = nowNanos + retryNanos;
            due.add((int) (entry.getKey() & 0xFFFF));
        }
        return due;
    }

    /** When {@link #due} wants to be called next; {@link Long#MAX_VALUE} when nothing is missing. */
    public long nextTimeoutNanos() {
        long next = Long.MAX_VALUE;
        for (Missing packet : missing.values()) {
            if (next == Long.MAX_VALUE || packet.dueNanos - next < 0) {
                next = packet.dueNanos;
            }
        }
        return next;
    }

    /** Whether packets were given up since the last call; then only a keyframe repairs the picture. */
    public boolean takeGaveUp() {
        boolean result = gaveUp;
        gaveUp = false;
        return result;
    }

    /** Packets asked for so far, each time counted. */
    public long requested() {
        return requested;
    }
}
