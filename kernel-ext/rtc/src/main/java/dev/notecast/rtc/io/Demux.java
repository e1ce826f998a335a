package dev.notecast.rtc.io;

/** Tells the protocols that share one port apart by their first bytes (RFC 7983 §7, RFC 5761 §4). */
public final class Demux {
    private Demux() {}

    /** Looks at two bytes at most and allocates nothing; whether the rest is sound is for the protocol's parser. */
    public static PacketKind classify(byte[] data, int offset, int length) {
        if (length < 2) {
            return PacketKind.UNKNOWN;
        }
        int first = data[offset] & 0xFF;
        if (first <= 3) {
            return PacketKind.STUN;
        }
        if (first >= 20 && first <= 63) {
            return PacketKind.DTLS;
        }
        if (first >= 128 && first <= 191) {
            int second = data[offset + 1] & 0xFF;
            return second >= 192 && second <= 223 ? PacketKind.RTCP : PacketKind.RTP;
        }
        return PacketKind.UNKNOWN;
    }
}
