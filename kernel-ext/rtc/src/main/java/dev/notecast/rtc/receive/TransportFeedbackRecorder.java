package dev.notecast.rtc.receive;

import dev.notecast.rtc.rtcp.TransportFeedback;
import dev.notecast.rtc.rtp.SequenceNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Remembers when the packets of one transport came in and tells the sender, who estimates its bandwidth from that
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01). One thread at a time.
 */
public final class TransportFeedbackRecorder {
    /** In one feedback packet, so that it fits a datagram whatever the deltas are; the rest waits for the next one. */
    static final int MAX_PACKETS = 400;

    private static final int REMEMBERED = 4096; // a power of two; seconds of traffic
    private static final long MISSING = Long.MIN_VALUE;
    private static final int TICKS_PER_REFERENCE = 256; // 64 ms in ticks of 250 us

    private final long[] arrivalTicks = new long[REMEMBERED]; // since the first arrival
    private long epochNanos;
    private long highest = -1; // extended, -1 before the first packet
    private long next; // the first one the sender has not heard of
    private int feedbackCount;

    /** Takes note of a packet's 16-bit transport-wide number. */
    public void received(int transportSequenceNumber, long arrivalNanos) {
        if (highest < 0) {
            epochNanos = arrivalNanos;
            begin((1L << 32) + transportSequenceNumber);
        }
        long sequence = SequenceNumbers.unwrap(transportSequenceNumber, highest);
        if (sequence <= highest - REMEMBERED) {
            return;
        }
        if (sequence >= highest + REMEMBERED) {
            begin(sequence);
        }
        while (highest < sequence) {
            highest++;
            arrivalTicks[slot(highest)] = MISSING;
        }
        if (arrivalTicks[slot(sequence)] == MISSING) {
            arrivalTicks[slot(sequence)] = (arrivalNanos - epochNanos) / TransportFeedback.TICK_NANOS;
            next = Math.min(next, sequence); // came late: the sender heard that it was lost
        }
        next = Math.max(next, highest - REMEMBERED + 1);
    }

    /** What to tell the sender now; empty when nothing came since the last time. */
    public Optional<TransportFeedback> feedback(int senderSsrc, int mediaSsrc) {
        while (next <= highest && arrivalTicks[slot(next)] == MISSING) {
            next++; // what is missing at the beginning says nothing without an arrival after it
        }
        if (highest < 0 || next > highest) {
            return Optional.empty();
        }
        long base = next;
        int referenceTime = (int) Math.floorDiv(arrivalTicks[slot(base)], TICKS_PER_REFERENCE);
        long before = (long) referenceTime * TICKS_PER_REFERENCE;
        List<Integer> deltas = new ArrayList<>();
        while (next <= highest && deltas.size() < MAX_PACKETS) {
            long arrival = arrivalTicks[slot(next)];
            if (arrival == MISSING) {
                deltas.add(TransportFeedback.NOT_RECEIVED);
            } else {
                long delta = arrival - before;
                if (delta != (short) delta) {
                    break; // after a pause of eight seconds a new reference is needed
                }
                deltas.add((int) delta);
                before = arrival;
            }
            next++;
        }
        return Optional.of(new TransportFeedback(
                senderSsrc,
                mediaSsrc,
                (int) base & 0xFFFF,
                referenceTime << 8 >> 8, // 24 bits, signed
                feedbackCount++ & 0xFF,
                deltas));
    }

    private void begin(long sequence) {
        Arrays.fill(arrivalTicks, MISSING);
        highest = sequence - 1;
        next = sequence;
    }

    private static int slot(long sequence) {
        return (int) sequence & REMEMBERED - 1;
    }
}
