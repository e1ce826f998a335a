package dev.notecast.rtc.srtp;

/**
 * Which packet indexes of one stream have been used (RFC 3711 §3.3.2), as a ring of words that slides a word at a time
 * (RFC 6479). It remembers at least the {@link #SIZE} newest indexes; older ones count as used.
 */
final class ReplayWindow {
    private static final int WORDS = 16; // a power of two
    /** In packets: about a second of high-bitrate video, because retransmissions come late. */
    static final int SIZE = (WORDS - 1) * Long.SIZE;

    private final long[] used = new long[WORDS];
    private long highest = -1;

    /** The highest index used so far, -1 before the first. */
    long highest() {
        return highest;
    }

    boolean isUnused(long index) {
        if (index > highest) {
            return true;
        }
        return (index >> 6) > (highest >> 6) - WORDS && (used[word(index)] & 1L << index) == 0;
    }

    void markUsed(long index) {
        if (index > highest) {
            long slide = Math.min((index >> 6) - (highest >> 6), WORDS);
            for (long i = 0; i < slide; i++) {
                used[word(index - (i << 6))] = 0;
            }
            highest = index;
        }
        used[word(index)] |= 1L << index;
    }

    private static int word(long index) {
        return (int) (index >> 6) & (WORDS - 1);
    }
}
