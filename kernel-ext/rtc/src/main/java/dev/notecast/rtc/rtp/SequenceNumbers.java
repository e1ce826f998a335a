package dev.notecast.rtc.rtp;

/** Arithmetic on 16-bit RTP sequence numbers that wrap (RFC 3550 §5.1); comparisons as RFC 1982 defines them. */
public final class SequenceNumbers {
    private SequenceNumbers() {}

    /** Whether {@code a} was sent after {@code b}, taking the shorter way around the wrap. */
    public static boolean isNewer(int a, int b) {
        return difference(a, b) > 0;
    }

    /** {@code a - b} as a signed distance in -32768..32767. */
    public static int difference(int a, int b) {
        return (short) (a - b);
    }

    public static int add(int sequenceNumber, int delta) {
        return (sequenceNumber + delta) & 0xFFFF;
    }

    /**
     * Extends a 16-bit number to 64 bits by choosing the value nearest to {@code reference}.
     *
     * @param reference an extended number seen lately
     */
    public static long unwrap(int sequenceNumber, long reference) {
        return reference + difference(sequenceNumber, (int) reference & 0xFFFF);
    }
}
