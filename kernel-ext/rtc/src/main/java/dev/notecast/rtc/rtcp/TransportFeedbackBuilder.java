package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.rtp.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects arrivals into one {@link TransportFeedback}, of a size that fits a datagram. Deltas are taken between rounded
 * times, so that rounding never adds up.
 */
public final class TransportFeedbackBuilder {
    private static final int MAX_RECEIVED = 400; // at 2 bytes a delta and 2 bits a status under 1000 bytes

    private final int senderSsrc;
    private final int mediaSsrc;
    private final int feedbackCount;
    private final int baseSequenceNumber;
    private final long referenceTime;
    private final List<Integer> deltaTicks = new ArrayList<>();
    private long lastTicks;
    private int received;

    /**
     * @param baseSequenceNumber where to begin: the number after the last reported one, or the first received one
     * @param firstArrivalNanos of the first packet that will be added, by the monotonic clock of all arrivals
     */
    public TransportFeedbackBuilder(
            int senderSsrc, int mediaSsrc, int feedbackCount, int baseSequenceNumber, long firstArrivalNanos) {
        this.senderSsrc = senderSsrc;
        this.mediaSsrc = mediaSsrc;
        this.feedbackCount = feedbackCount;
        this.baseSequenceNumber = baseSequenceNumber;
        referenceTime = Math.floorDiv(ticks(firstArrivalNanos), TransportFeedback.TICKS_PER_REFERENCE);
        lastTicks = referenceTime * TransportFeedback.TICKS_PER_REFERENCE;
    }

    /**
     * Adds a packet; those skipped since the one before have not been received.
     *
     * @return false, and nothing is added, when this feedback is full, the packet is not newer than the one before, or the
     *     time between them does not fit: then the packet begins the next feedback
     */
    public boolean add(int sequenceNumber, long arrivalNanos) {
        int position = SequenceNumbers.difference(sequenceNumber, baseSequenceNumber);
        long delta = ticks(arrivalNanos) - lastTicks;
        if (position < deltaTicks.size()
                || position >= TransportFeedback.MAX_PACKETS
                || received == MAX_RECEIVED
                || delta != (short) delta) {
            return false;
        }
        while (deltaTicks.size() < position) {
            deltaTicks.add(TransportFeedback.NOT_RECEIVED);
        }
        deltaTicks.add((int) delta);
        lastTicks += delta;
        received++;
        return true;
    }

    public TransportFeedback build() {
        int reference = (int) referenceTime << 8 >> 8; // the low 24 bits, signed
        return new TransportFeedback(
                senderSsrc, mediaSsrc, baseSequenceNumber, reference, feedbackCount & 0xFF, deltaTicks);
    }

    private static long ticks(long nanos) {
        return Math.floorDiv(nanos, TransportFeedback.TICK_NANOS);
    }
}
