package dev.notecast.rtc.send;

import java.util.Arrays;

/**
 * How much may be sent again to one receiver, who could ask for everything all the time: a share of what its stream is,
 * and no packet twice before the first copy can have arrived. One thread at a time.
 */
public final class ResendLimits {
    /** Bytes of credit for each byte sent, as a divisor: repairs take at most a third of the whole. */
    static final int BYTES_PER_CREDIT = 2;

    /** Credit that time brings whatever is sent, so that a still picture can be repaired too. */
    static final int BYTES_PER_SECOND = 12_500;

    static final int MAX_CREDIT_BYTES = 256 * 1024; // a large keyframe
    static final int FIRST_CREDIT_BYTES = 64 * 1024;
    static final long MIN_HOLD_NANOS = 10_000_000L;
    static final long MAX_HOLD_NANOS = 200_000_000L;

    private static final int REMEMBERED = 1024; // a power of two; packets, more than can be asked for in a round trip
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private long credit = FIRST_CREDIT_BYTES;
    private long creditNanos;
    private boolean began;
    private long holdNanos = 2 * MIN_HOLD_NANOS;
    private int[] resentNumbers; // by the low bits; made when it is first needed: most receivers lose nothing
    private long[] resentNanos;

    /** Sets how long it takes until a receiver can know whether a repair arrived. */
    public void roundTripTime(long rttNanos) {
        holdNanos = Math.clamp(rttNanos - rttNanos / 4, MIN_HOLD_NANOS, MAX_HOLD_NANOS);
    }

    /** Counts what is sent for the first time. */
    public void sent(int bytes) {
        credit = Math.min(MAX_CREDIT_BYTES, credit + bytes / BYTES_PER_CREDIT);
    }

    /** Whether this packet was sent again so lately that the copy may still be on its way. */
    public boolean isOnItsWay(int sequenceNumber, long nowNanos) {
        int slot = sequenceNumber & REMEMBERED - 1;
        return resentNumbers != null
                && resentNumbers[slot] == sequenceNumber
                && nowNanos - resentNanos[slot] < holdNanos;
    }

    /** Takes the credit for sending a packet again, and remembers it; false when there is not enough. */
    public boolean take(int sequenceNumber, int bytes, long nowNanos) {
        if (began) {
            long elapsed = Math.min(nowNanos - creditNanos, 60 * NANOS_PER_SECOND);
            credit = Math.min(MAX_CREDIT_BYTES, credit + elapsed * BYTES_PER_SECOND / NANOS_PER_SECOND);
        }
        began = true;
        creditNanos = nowNanos;
        if (credit < bytes) {
            return false;
        }
        credit -= bytes;
        if (resentNumbers == null) {
            resentNumbers = new int[REMEMBERED];
            resentNanos = new long[REMEMBERED];
            Arrays.fill(resentNumbers, -1);
        }
        int slot = sequenceNumber & REMEMBERED - 1;
        resentNumbers[slot] = sequenceNumber;
        resentNanos[slot] = nowNanos;
        return true;
    }
}
