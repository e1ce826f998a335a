package dev.notecast.rtc.sdp;

import java.util.Locale;

/** Which way media flows in an m-line, seen from the side that says so (RFC 8866 §6.7). */
enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    static Direction of(MediaDescription media, Attributes session) {
        for (Attributes attributes : new Attributes[] {media.attributes(), session}) {
            for (Direction direction : values()) {
                if (attributes.has(direction.sdpName())) {
                    return direction;
                }
            }
        }
        return SENDRECV;
    }

    boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    String sdpName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
