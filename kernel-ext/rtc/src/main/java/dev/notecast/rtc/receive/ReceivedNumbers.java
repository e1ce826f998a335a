package dev.notecast.rtc.receive;

import dev.notecast.rtc.rtp.SequenceNumbers;

/** Tells packets that came before from new ones: a lost one may come late and as a repair too. One thread at a time. */
public final class ReceivedNumbers {
    /** How far back packets are told apart; older ones are taken for known. */
    public static final int WINDOW = 1024; // a power of two

    private final long[] bits = new long[WINDOW / Long.SIZE];
    private long highest = -1;

    /** Takes note of a packet; false when it came before, or is too old to tell. */
    public boolean add(int sequenceNumber) {
        if (highest < 0) {
            highest = (1L << 32) + sequenceNumber; // so that packets from before the first one do not go below zero
        }
        long sequence = SequenceNumbers.unwrap(sequenceNumber, highest);
        if (sequence <= highest - WINDOW) {
            return false;
        }
        long from = Math.max(highest + 1, sequence - WINDOW + 1);
        for (long each = from; each <= sequence; each++) {
            bits[word(each)] &= ~bit(each);
        }
        highest = Math.max(highest, sequence);
        boolean known = (bits[word(sequence)] & bit(sequence)) != 0;
        bits[word(sequence)] |= bit(sequence);
        return !known;
    }

    private static int word(long sequence) {
        return (int) (sequence / Long.SIZE) & WINDOW / Long.SIZE - 1;
    }

    private static long bit(long sequence) {
        return 1L << sequence;
    }
}
