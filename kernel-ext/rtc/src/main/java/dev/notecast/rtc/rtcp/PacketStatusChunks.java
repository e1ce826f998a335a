package dev.notecast.rtc.rtcp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The statuses in transport feedback, packed into 16-bit chunks: runs of one status, or vectors of 14 one-bit or 7
 * two-bit ones (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.2 to §3.1.4). A status is the number of bytes of
 * its delta.
 */
final class PacketStatusChunks {
    static final byte NOT_RECEIVED = 0;
    static final byte SMALL_DELTA = 1;
    static final byte LARGE_DELTA = 2;
    private static final int RESERVED = 3;

    private static final int VECTOR = 0x8000;
    private static final int TWO_BIT = 0x4000;
    private static final int MAX_RUN = 0x1FFF;
    private static final int ONE_BIT_STATUSES = 14;
    private static final int TWO_BIT_STATUSES = 7;

    private PacketStatusChunks() {}

    /** Fills {@code statuses}; false when the chunks end too early or hold the reserved status. */
    static boolean read(ByteBuffer in, byte[] statuses) {
        int filled = 0;
        while (filled < statuses.length) {
            if (in.remaining() < 2) {
                return false;
            }
            int chunk = in.getShort() & 0xFFFF;
            if ((chunk & VECTOR) == 0) {
                int status = chunk >> 13;
                int run = Math.min(chunk & MAX_RUN, statuses.length - filled);
                if (status == RESERVED || run == 0) {
                    return false;
                }
                Arrays.fill(statuses, filled, filled + run, (byte) status);
                filled += run;
            } else {
                int bits = (chunk & TWO_BIT) == 0 ? 1 : 2;
                for (int shift = 14 - bits; shift >= 0 && filled < statuses.length; shift -= bits) {
                    int status = chunk >> shift & (1 << bits) - 1;
                    if (status == RESERVED) {
                        return false;
                    }
                    statuses[filled++] = (byte) status;
                }
            }
        }
        return true;
    }

    static void write(byte[] statuses, ByteBuffer out) {
        int written = 0;
        while (written < statuses.length) {
            int left = statuses.length - written;
            int bits = hasLargeDelta(statuses, written, Math.min(left, ONE_BIT_STATUSES)) ? 2 : 1;
            int vector = Math.min(left, bits == 1 ? ONE_BIT_STATUSES : TWO_BIT_STATUSES);
            int run = run(statuses, written);
            if (run >= vector) {
                out.putShort((short) (statuses[written] << 13 | run));
                written += run;
            } else {
                int chunk = VECTOR | (bits == 2 ? TWO_BIT : 0);
                for (int i = 0; i < vector; i++) {
                    chunk |= statuses[written + i] << 14 - bits * (i + 1);
                }
                out.putShort((short) chunk);
                written += vector;
            }
        }
    }

    private static boolean hasLargeDelta(byte[] statuses, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (statuses[i] == LARGE_DELTA) {
                return true;
            }
        }
        return false;
    }

    private static int run(byte[] statuses, int from) {
        int end = from + 1;
        while (end < statuses.length && end - from < MAX_RUN && statuses[end] == statuses[from]) {
            end++;
        }
        return end - from;
    }
}
