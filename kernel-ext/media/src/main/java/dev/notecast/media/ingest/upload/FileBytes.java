package dev.notecast.media.ingest.upload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads numbers from a file; one that ends too early is a {@link BadImageException}. */
record FileBytes(byte[] data, String what) {
    int u8(long at) {
        require(at, 1);
        return data[(int) at] & 0xFF;
    }

    int u16(long at) {
        return u8(at) << 8 | u8(at + 1);
    }

    long u32(long at) {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    int u16LittleEndian(long at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24LittleEndian(long at) {
        return u16LittleEndian(at) | u8(at + 2) << 16;
    }

    long u32LittleEndian(long at) {
        return u16LittleEndian(at) | (long) u16LittleEndian(at + 2) << 16;
    }

    boolean has(int at, String text) {
        return begins(data, at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void require(long at, long count) {
        if (at + count > data.length) {
            throw new BadImageException("the " + what + " is cut off after " + data.length + " bytes");
        }
    }

    static boolean begins(byte[] data, int at, byte[] expected) {
        return data.length >= at + expected.length
                && Arrays.equals(data, at, at + expected.length, expected, 0, expected.length);
    }
}
