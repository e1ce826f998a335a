package dev.notecast.rtc.codec;

/**
 * Walks through the OBU elements of a payload behind its aggregation header (RTP Payload Format For AV1 §4.4):
 *
 * <pre>
 *  Z continues an element of the packet before, Y is continued in the next one,
 *  W number of elements, of which the last has no length, or 0: all have one; N begins a coded video sequence
 *  |Z|Y|W W|N|-|-|-|
 * </pre>
 */
final class Av1Elements {
    private final byte[] data;
    private final int end;
    private final int header;
    private int next;
    private int index;
    private int offset;
    private int length;
    private boolean malformed;

    Av1Elements(byte[] data, int offset, int length) {
        this.data = data;
        this.end = offset + length;
        this.header = length > 0 ? data[offset] : 0;
        this.next = offset + 1;
        this.malformed = length < 2;
    }

    static boolean beginsSequence(byte header) {
        return (header & 0x08) != 0;
    }

    /** Moves to the next element; false at the end and where the payload is cut off. */
    boolean next() {
        if (malformed || next >= end) {
            return false;
        }
        int count = header >> 4 & 0x03;
        if (count != 0 && index >= count) {
            malformed = true; // bytes behind the last element
            return false;
        }
        if (count != 0 && index == count - 1) {
            length = end - next;
        } else {
            int sizeLength = Leb128.length(data, next, end);
            length = sizeLength == 0 ? 0 : Leb128.value(data, next);
            next += sizeLength;
            if (sizeLength == 0 || length > end - next) {
                malformed = true;
                return false;
            }
        }
        offset = next;
        next += length;
        index++;
        return true;
    }

    /** Whether the walk ended early. */
    boolean isMalformed() {
        return malformed;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Whether this element goes on with one of the packet before. */
    boolean isContinuation() {
        return index == 1 && (header & 0x80) != 0;
    }

    /** Whether the next packet goes on with this element. */
    boolean isContinued() {
        return next >= end && (header & 0x40) != 0;
    }
}
