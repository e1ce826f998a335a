package dev.notecast.rtc.turn;

/** The four bytes before a relayed datagram on a channel (RFC 8656 §12.4): its number and its length. */
public final class ChannelData {
    public static final int HEADER_LENGTH = 4;
    public static final int MIN_CHANNEL = 0x4000;
    public static final int MAX_CHANNEL = 0x4FFF;

    private ChannelData() {}

    /** Whether a first byte begins one (RFC 8656 §12, RFC 7983 §7). */
    public static boolean isFirstByte(int first) {
        return (first & 0xF0) == 0x40;
    }

    /** What goes before {@code length} bytes, as one big-endian number. */
    public static int header(int channel, int length) {
        return channel << 16 | length;
    }

    /** Bytes to add after {@code length} on a TCP or TLS connection, 0 to 3; none on UDP (RFC 8656 §12.5). */
    public static int padding(int length) {
        return -length & 3;
    }
}
