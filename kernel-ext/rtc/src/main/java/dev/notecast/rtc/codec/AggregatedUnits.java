package dev.notecast.rtc.codec;

import java.util.List;

/** NAL units behind 16-bit sizes: STAP-A (RFC 6184 §5.7.1) and AP without DONL (RFC 7798 §4.4.2) are made of them. */
final class AggregatedUnits {
    static final int SIZE_LENGTH = 2;

    private AggregatedUnits() {}

    /** The size of the unit behind the size field at {@code position}; 0 when it is not whole, or empty. */
    static int sizeAt(byte[] data, int position, int end) {
        if (position + SIZE_LENGTH >= end) {
            return 0;
        }
        int size = (data[position] & 0xFF) << 8 | (data[position + 1] & 0xFF);
        return position + SIZE_LENGTH + size <= end ? size : 0;
    }

    /** A payload of a header and all units. */
    static byte[] write(byte[] header, List<byte[]> units) {
        int length = header.length;
        for (byte[] unit : units) {
            length += SIZE_LENGTH + unit.length;
        }
        byte[] payload = new byte[length];
        System.arraycopy(header, 0, payload, 0, header.length);
        int at = header.length;
        for (byte[] unit : units) {
            payload[at] = (byte) (unit.length >> 8);
            payload[at + 1] = (byte) unit.length;
            System.arraycopy(unit, 0, payload, at + SIZE_LENGTH, unit.length);
            at += SIZE_LENGTH + unit.length;
        }
        return payload;
    }
}
