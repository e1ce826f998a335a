package dev.notecast.rtc.receive;

import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.SequenceNumbers;
import java.util.Arrays;

/**
 * Extends the sequence numbers of one incoming stream to 64 bits and closes the gaps that padding-only packets would
 * leave, so that downstream a gap means loss and nothing else. One thread at a time.
 */
public final class SequenceRenumberer {
    /** Given for packets that carry nothing. */
    public static final long PADDING = -1;

    /** Removed numbers that are remembered, for packets that come after newer ones. */
    static final int MAX_REMOVED = 512;

    private static final long START = 1L << 32; // so that packets from before the first one do not go below zero

    private final long[] removed = new long[MAX_REMOVED]; // ascending
    private int removedCount;
    private long forgotten; // removed ones that are no longer listed
    private long highest = -1;

    /**
     * The packet's number in the stream without padding, or {@link #PADDING} for a padding-only packet. One that comes
     * after packets newer than it has left a gap already, so it gets the number of that gap: forwarded, it tells readers
     * that nothing is missing there.
     */
    public long number(RtpPacket packet) {
        long sequence = highest < 0
                ? START + packet.sequenceNumber()
                : SequenceNumbers.unwrap(packet.sequenceNumber(), highest);
        boolean newest = sequence > highest;
        highest = Math.max(highest, sequence);
        if (packet.payloadLength() <= 0 && (newest || isRemoved(sequence))) {
            if (newest) {
                remove(sequence);
            }
            return PADDING;
        }
        return sequence - removedBefore(sequence);
    }

    private void remove(long sequence) {
        if (removedCount == MAX_REMOVED) {
            System.arraycopy(removed, 1, removed, 0, MAX_REMOVED - 1);
            removedCount--;
            forgotten++;
        }
        removed[removedCount++] = sequence;
    }

    private boolean isRemoved(long sequence) {
        return Arrays.binarySearch(removed, 0, removedCount, sequence) >= 0;
    }

    private long removedBefore(long sequence) {
        if (removedCount == 0 || sequence > removed[removedCount - 1]) {
            return forgotten + removedCount;
        }
        int at = Arrays.binarySearch(removed, 0, removedCount, sequence);
        return forgotten + (at >= 0 ? at : -at - 1);
    }
}
