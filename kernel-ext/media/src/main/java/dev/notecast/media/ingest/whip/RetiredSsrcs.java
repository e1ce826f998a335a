package dev.notecast.media.ingest.whip;

/** The SSRCs that a track had before, the newest of them: they do not come back while another one speaks. One thread. */
final class RetiredSsrcs {
    private static final int MAX = 16;

    private final int[] ring = new int[MAX];
    private int count;

    void add(int ssrc) {
        ring[count++ % MAX] = ssrc;
    }

    boolean contains(int ssrc) {
        for (int i = 0; i < Math.min(count, MAX); i++) {
            if (ring[i] == ssrc) {
                return true;
            }
        }
        return false;
    }
}
