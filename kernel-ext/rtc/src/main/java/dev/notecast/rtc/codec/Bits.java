package dev.notecast.rtc.codec;

/** Reads bits, the highest of a byte first. Behind the end there are zeros. */
class Bits {
    private static final int MAX_ZEROS = 20; // more than any number that is read here has

    private final byte[] data;
    private final int end;
    private int position; // the byte after the one that is being read
    private int current;
    private int bitsLeft;

    Bits(byte[] data, int offset, int end) {
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

    boolean flag() {
        return bit() != 0;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    /** An Exp-Golomb number {@code ue(v)}, -1 when there is none or it is longer than any that is read here. */
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

    /** The next byte, 0 behind the end. */
    int nextByte() {
        int value = position < end ? data[position] & 0xFF : 0;
        position++;
        return value;
    }

    /** Whether the next byte is this one. */
    boolean isNext(int value) {
        return position < end && (data[position] & 0xFF) == value;
    }

    private int bit() {
        if (bitsLeft == 0) {
            current = nextByte();
            bitsLeft = 8;
        }
        bitsLeft--;
        return current >> bitsLeft & 1;
    }
}
