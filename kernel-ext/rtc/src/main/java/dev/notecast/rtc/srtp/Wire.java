package dev.notecast.rtc.srtp;

/** Numbers in network byte order. */
final class Wire {
    private Wire() {}

    static int u16(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | data[at + 1] & 0xFF;
    }

    static int i32(byte[] data, int at) {
        return u16(data, at) << 16 | u16(data, at + 2);
    }

    static void putI32(byte[] data, int at, int value) {
        for (int i = 0; i < 4; i++) {
            data[at + i] = (byte) (value >> 24 - 8 * i);
        }
    }
}
