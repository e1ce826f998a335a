package dev.notecast.rtc.codec;

/** Open bitstream units of AV1: header and types (AV1 specification §5.3, §6.2), and the little that is read of them. */
final class Av1Obu {
    static final int SEQUENCE_HEADER = 1;
    static final int TEMPORAL_DELIMITER = 2;
    static final int FRAME_HEADER = 3;
    static final int FRAME = 6;
    static final int TILE_LIST = 8;
    static final int PADDING = 15;

    static final int HAS_EXTENSION = 0x04;
    static final int HAS_SIZE = 0x02;

    private Av1Obu() {}

    static int type(byte header) {
        return header >> 3 & 0x0F;
    }

    /** Bytes of the header with its extension, 1 or 2. */
    static int headerLength(byte header) {
        return (header & HAS_EXTENSION) != 0 ? 2 : 1;
    }

    /** RTP Payload Format For AV1 §4.5: these are left out of RTP and ignored there. */
    static boolean isIgnored(int type) {
        return type == TEMPORAL_DELIMITER || type == TILE_LIST || type == PADDING;
    }

    static boolean startsFrame(int type) {
        return type == FRAME || type == FRAME_HEADER;
    }

    /** Where the payload begins behind header and size field; -1 when the unit is cut off before. */
    static int payloadOffset(byte[] data, int offset, int length) {
        int end = offset + length;
        int at = offset + (length > 0 ? headerLength(data[offset]) : 1);
        if (at > end) {
            return -1;
        }
        if ((data[offset] & HAS_SIZE) == 0) {
            return at;
        }
        int sizeLength = Leb128.length(data, at, end);
        return sizeLength == 0 ? -1 : at + sizeLength;
    }

    /** Whether a frame begins with {@code show_existing_frame} 0 and {@code frame_type} KEY_FRAME (§5.9.2). */
    static boolean isKeyframe(byte firstOfFrame) {
        return (firstOfFrame & 0xE0) == 0;
    }
}
