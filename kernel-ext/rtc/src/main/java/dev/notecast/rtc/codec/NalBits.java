package dev.notecast.rtc.codec;

/**
 * Reads the bits of a NAL unit's contents, without the bytes that only prevent start codes (ITU-T H.264 §7.4.1, H.265
 * §7.4.2). Behind the end there are zeros.
 */
final class NalBits {
    private static final int MAX_ZEROS = 20; // more than any identifier has

    private final byte[] data;
    private final int end;
    private int position; // the byte after the one that is being read
    private int current;
    private int bitsLeft;
    private int zeroBytes;

    /** @param offset behind the unit's header */
    NalBits(byte[] data, int offset, int end) {
        this.data = data;
        this.position = offset;
        this.end = end;
    }

    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    /** An Exp-Golomb number {@code ue(v)}, -1 when there is none or it is longer than any identifier. */
    int exponentialGolomb() {
        int zeros = 0;
        while (bit() == 0) {
            zeros++;
            if (zeros > MAX_ZEROS) {
                return -1;
            }
        }
        return (1 << zeros) - 1 + bits(zeros);
    }

    private int bit() {
        if (bitsLeft == 0) {
            load();
        }
        bitsLeft--;
        return current >> bitsLeft & 1;
    }

    private void load() {
        if (zeroBytes >= 2 && position < end && data[position] == 3) {
            position++;
            zeroBytes = 0;
        }
        current = position < end ? data[position] & 0xFF : 0;
        position++;
        zeroBytes = current == 0 ? zeroBytes + 1 : 0;
        bitsLeft = 8;
    }
}
