package dev.notecast.rtc.srtp;

/**
 * The replay windows of a session's streams by SSRC. The table never forgets a stream, because its packets could then
 * be replayed, or its rollover counter start over; so it refuses what is beyond its bound. Looking up adds nothing:
 * a stream is added with its first authentic packet.
 */
final class ReplayWindows {
    /** Streams per session; a browser's simulcast camera with microphone and retransmission uses 7. */
    static final int MAX_SSRCS = 64;

    private final int[] ssrcs = new int[MAX_SSRCS];
    private final ReplayWindow[] windows = new ReplayWindow[MAX_SSRCS];
    private int size;
    private int last; // where the last lookup hit: packets come in runs

    /** The stream's window, or null for an SSRC not seen yet. */
    ReplayWindow find(int ssrc) {
        if (last < size && ssrcs[last] == ssrc) {
            return windows[last];
        }
        for (int i = 0; i < size; i++) {
            if (ssrcs[i] == ssrc) {
                last = i;
                return windows[i];
            }
        }
        return null;
    }

    boolean isFull() {
        return size == MAX_SSRCS;
    }

    /** Adds a stream that {@link #find} does not know; not when full. */
    ReplayWindow add(int ssrc) {
        ReplayWindow window = new ReplayWindow();
        ssrcs[size] = ssrc;
        windows[size] = window;
        last = size++;
        return window;
    }

    int size() {
        return size;
    }
}
