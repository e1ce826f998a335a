package dev.notecast.rtc.codec;

/** Little-endian numbers of seven bits a byte (AV1 specification §4.10.5). */
final class Leb128 {
    private static final int MAX_LENGTH = 8;

    private Leb128() {}

    /** The bytes that the number at {@code position} takes; 0 when it is cut off or too long. */
    static int length(byte[] data, int position, int end) {
        for (int i = 0; i < MAX_LENGTH && position + i < end; i++) {
            if ((data[position + i] & 0x80) == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The value of a number whose {@link #length} is not 0; one beyond 31 bits is {@link Integer#MAX_VALUE}. */
    static int value(byte[] data, int position) {
        long value = 0;
        int at = position;
        int shift = 0;
        do {
            value |= (long) (data[at] & 0x7F) << shift;
            shift += 7;
        } while ((data[at++] & 0x80) != 0);
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    /** The bytes that {@code value} takes. */
    static int lengthOf(int value) {
        int length = 1;
        for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
            length++;
        }
        return length;
    }

    /** Writes a number. @return the position behind it */
    static int write(int value, byte[] to, int position) {
        int at = position;
        int rest = value;
        while (rest > 0x7F) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        return at;
    }
}
