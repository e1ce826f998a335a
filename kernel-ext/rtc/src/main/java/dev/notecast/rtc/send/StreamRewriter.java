package dev.notecast.rtc.send;

import dev.notecast.rtc.rtp.SequenceNumbers;

/**
 * Gives one reader's copy of a track sequence numbers and timestamps that go on smoothly whatever the source does: a
 * reader that enters late, a publisher that is replaced by another, a stretch that was left out on purpose. Packets
 * that were lost stay gaps, so that the reader asks for them. One thread at a time.
 */
public final class StreamRewriter {
    /** Given for packets that have no place in the outgoing stream, and for numbers that no source packet has. */
    public static final int NONE = -1;

    /** Places kept where the numbering was closed over skipped packets; NACKs from before the oldest find nothing. */
    static final int MAX_SEGMENTS = 16;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MAX_PAUSE_TICKS = 1L << 30; // a jump over half the range would read as one backwards

    private final int clockRate;
    private final long[] sourceFirst = new long[MAX_SEGMENTS];
    private final long[] outFirst = new long[MAX_SEGMENTS];
    private int segments; // of the present source, oldest first
    private long highestOut; // extended
    private int timestampOffset; // out minus source
    private int newestTimestamp; // out
    private long newestNanos;
    private boolean sentAny;

    /**
     * @param clockRate of the codec in Hz
     * @param firstSequenceNumber what the first packet gets, random (RFC 3550 §5.1)
     * @param firstTimestamp what the first packet gets, random
     */
    public StreamRewriter(int clockRate, int firstSequenceNumber, int firstTimestamp) {
        this.clockRate = clockRate;
        this.highestOut = (1L << 32) + firstSequenceNumber - 1; // so that late packets never make it negative
        this.newestTimestamp = firstTimestamp;
    }

    /**
     * Starts with a source: the packet named becomes the next one of the outgoing stream, and its timestamp follows the
     * last one by the time that went by.
     */
    public void begin(long sourceSequence, int sourceTimestamp, long nowNanos) {
        segments = 0;
        append(sourceSequence);
        if (sentAny) {
            long ticks = (long) ((double) (nowNanos - newestNanos) * clockRate / NANOS_PER_SECOND);
            newestTimestamp += (int) Math.clamp(ticks, 1, MAX_PAUSE_TICKS);
        }
        newestNanos = nowNanos;
        timestampOffset = newestTimestamp - sourceTimestamp;
    }

    /**
     * Goes on with a later packet of the same source as if those between had never been: for frames that were left out
     * on purpose. Does nothing before {@link #begin} or when the packet is not later.
     */
    public void skipTo(long sourceSequence) {
        if (segments == 0 || sourceSequence <= sourceFirst[segments - 1]) {
            return;
        }
        if (segments == MAX_SEGMENTS) {
            System.arraycopy(sourceFirst, 1, sourceFirst, 0, MAX_SEGMENTS - 1);
            System.arraycopy(outFirst, 1, outFirst, 0, MAX_SEGMENTS - 1);
            segments--;
        }
        append(sourceSequence);
    }

    /**
     * The sequence number of a packet that is not the source's and goes out right before its first one: only between
     * {@link #begin} and the first {@link #rewrite}. {@link #sourceSequence} knows nothing of it.
     */
    public int prepend() {
        highestOut++;
        outFirst[segments - 1] = highestOut + 1;
        return (int) highestOut & 0xFFFF;
    }

    private void append(long sourceSequence) {
        sourceFirst[segments] = sourceSequence;
        outFirst[segments] = highestOut + 1;
        segments++;
    }

    /** The source is gone; nothing has a place until {@link #begin}. */
    public void end() {
        segments = 0;
    }

    /** Whether {@link #begin} was called for the present source. */
    public boolean isStarted() {
        return segments > 0;
    }

    /**
     * The outgoing sequence number of a packet that is sent now, or {@link #NONE} when it belongs to a time before this
     * reader's entry or to a stretch that was left out.
     */
    public int rewrite(long sourceSequence, int sourceTimestamp, long nowNanos) {
        long out = outgoing(sourceSequence);
        if (out == NONE) {
            return NONE;
        }
        highestOut = Math.max(highestOut, out);
        int timestamp = timestamp(sourceTimestamp);
        if (!sentAny || timestamp - newestTimestamp > 0) {
            newestTimestamp = timestamp;
            newestNanos = nowNanos;
        }
        sentAny = true;
        return (int) out & 0xFFFF;
    }

    private long outgoing(long sourceSequence) {
        for (int i = segments - 1; i >= 0; i--) {
            if (sourceSequence >= sourceFirst[i]) {
                long out = outFirst[i] + sourceSequence - sourceFirst[i];
                boolean skipped = i + 1 < segments && out >= outFirst[i + 1];
                return skipped ? NONE : out;
            }
        }
        return NONE;
    }

    /** A timestamp of the present source as this reader gets it. */
    public int timestamp(int sourceTimestamp) {
        return sourceTimestamp + timestampOffset;
    }

    /**
     * The source's extended sequence number of a packet that was sent under a number, for answering a NACK; {@link
     * #NONE} when it came from an earlier source, was not sent yet, or is too long ago.
     */
    public long sourceSequence(int outSequenceNumber) {
        long out = SequenceNumbers.unwrap(outSequenceNumber, highestOut);
        if (out > highestOut) {
            return NONE;
        }
        for (int i = segments - 1; i >= 0; i--) {
            if (out >= outFirst[i]) {
                return sourceFirst[i] + out - outFirst[i];
            }
        }
        return NONE;
    }
}
