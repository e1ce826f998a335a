package dev.notecast.rtc.session;

import java.util.ArrayDeque;
import java.util.Queue;

/** Datagrams that came before they could be used, as many as are worth keeping: DTLS without a way, media without keys. */
final class EarlyArrivals {
    private static final int MAX_DTLS = 8; // a ClientHello takes two; more before ICE is done is a flood
    private static final int MAX_MEDIA = 64; // what a peer sends while our side's keys are on their way here

    /** One of the first of a session, which begin a keyframe that would have to be asked for again. */
    record Media(byte[] data, int length, long arrivalNanos, boolean rtcp) {}

    private final Queue<byte[]> dtls = new ArrayDeque<>();
    private final Queue<Media> media = new ArrayDeque<>();
    private long dropped;

    void keep(byte[] datagram) {
        if (dtls.size() < MAX_DTLS) {
            dtls.add(datagram);
        } else {
            dropped++;
        }
    }

    void keep(Media datagram) {
        if (media.size() < MAX_MEDIA) {
            media.add(datagram);
        } else {
            dropped++;
        }
    }

    /** Counts one that nobody will ever want. */
    void drop() {
        dropped++;
    }

    /** Null when there is none left. */
    byte[] pollDtls() {
        return dtls.poll();
    }

    /** Null when there is none left. */
    Media pollMedia() {
        return media.poll();
    }

    long dropped() {
        return dropped;
    }
}
