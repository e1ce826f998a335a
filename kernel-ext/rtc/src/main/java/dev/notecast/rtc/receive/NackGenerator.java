package dev.notecast.rtc.receive;

import dev.notecast.rtc.rtp.SequenceNumbers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds lost packets of one incoming stream and says when to ask for them (RFC 4585 §6.2.1). One thread at a time. */
public final class NackGenerator {
    /** A larger jump is a new beginning, not loss; older packets are never asked for. */
    public static final int MAX_MISORDER = 100;

    public static final int MAX_TRIES = 10;

    /** What is still missing then would come too late to be played. */
    public static final long MAX_AGE_NANOS = 1_000_000_000L;

    static final long FIRST_DELAY_NANOS = 5_000_000L; // packets that are only out of order come within that
    static final long MIN_RETRY_NANOS = 40_000_000L;
    private static final long RETRY_MARGIN_NANOS = 10_000_000L; // a repair may itself come out of order

    private static final class Missing {
        final long sinceNanos;
        long dueNanos;
        int tries;

        Missing(long nowNanos) {
            sinceNanos = nowNanos;
            dueNanos = nowNanos + FIRST_DELAY_NANOS;
        }
    }

    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private long highest = -1;
    private long retryNanos = 100_000_000L;
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

    /** The sequence numbers to ask for now, ascending as sent; what was asked for too often or too long is given up. */
    public List<Integer> due(long nowNanos) {
        if (missing.isEmpty()) {
            return List.of();
        }
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
            packet.tries++;
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
}
