package dev.notecast.rtc.srtp;

/** The 48-bit index of an SRTP packet: rollover counter, then sequence number (RFC 3711 §3.3.1). */
final class PacketIndex {
    /** After this packet the keys are used up (RFC 3711 §9.2). */
    static final long MAX_RTP = (1L << 48) - 1;

    static final long MAX_RTCP = (1L << 31) - 1;

    private PacketIndex() {}

    /**
     * Guesses the index of a packet from its sequence number (RFC 3711 appendix A).
     *
     * @param highest the highest index used so far, -1 before the first packet
     */
    static long estimate(int sequenceNumber, long highest) {
        if (highest < 0) {
            return sequenceNumber;
        }
        long rollovers = highest >> 16;
        int highestSequence = (int) highest & 0xFFFF;
        if (highestSequence < 0x8000) {
            // From before the last wrap; before the first wrap there is nothing to be from.
            if (sequenceNumber - highestSequence > 0x8000 && rollovers > 0) {
                rollovers--;
            }
        } else if (highestSequence - 0x8000 > sequenceNumber) {
            rollovers++;
        }
        return rollovers << 16 | sequenceNumber;
    }
}
