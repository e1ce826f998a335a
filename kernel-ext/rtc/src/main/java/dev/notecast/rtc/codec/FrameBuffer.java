package dev.notecast.rtc.codec;

import java.util.Arrays;

/** Bytes of the frame in work: grows as needed, up to {@link Depacketizer#MAX_FRAME_BYTES}. */
final class FrameBuffer {
    private byte[] bytes = new byte[16 << 10];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    byte first() {
        return bytes[0];
    }

    /** The bytes so far, up to {@link #size()}, until the next call that changes them. */
    byte[] bytes() {
        return bytes;
    }

    /** Adds bytes; false when the frame would become too large. */
    boolean append(byte[] data, int offset, int length) {
        int needed = size + length;
        if (needed > Depacketizer.MAX_FRAME_BYTES) {
            return false;
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        System.arraycopy(data, offset, bytes, size, length);
        size = needed;
        return true;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
