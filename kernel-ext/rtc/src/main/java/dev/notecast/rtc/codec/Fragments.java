package dev.notecast.rtc.codec;

/** Cuts bytes into the fewest pieces, all of one size or one byte more: equal packets leave in one GSO datagram. */
final class Fragments {
    private Fragments() {}

    /** The bounds of the pieces: {@code bounds[i]} to {@code bounds[i + 1]}, the shorter ones first. */
    static int[] bounds(int length, int maxBytes) {
        int count = Math.max(1, (length + maxBytes - 1) / maxBytes);
        int[] bounds = new int[count + 1];
        int size = length / count;
        int longer = length % count;
        for (int i = 0; i < count; i++) {
            bounds[i + 1] = bounds[i] + size + (i >= count - longer ? 1 : 0);
        }
        return bounds;
    }
}
