package dev.notecast.rtc.turn;

import java.net.InetSocketAddress;

/**
 * Why there is no allocation, or none any more.
 *
 * @param code that the server answered with, 0 when it did not
 * @param reason the server's words, or ours
 * @param alternate the server to ask instead, only for {@code REDIRECTED}
 */
public record TurnFailure(Kind kind, int code, String reason, InetSocketAddress alternate) {
    /** What can be done about it. */
    public enum Kind {
        /** No answer: the server cannot be reached, or is none. */
        TIMEOUT,
        /** 401 to a sealed request, or 441: the user name or password is wrong, or has expired. */
        WRONG_CREDENTIALS,
        /** 300: {@code alternate} is to be asked (RFC 8489 §10). */
        REDIRECTED,
        /** 437 to an Allocate: an older allocation has this port, another port of ours will do. */
        MISMATCH,
        /** 486: this user has as many allocations as the server allows. */
        QUOTA,
        /** 508, 500: the server is full or has a problem; later may do. */
        BUSY,
        /** 403, 440, 442: the server never gives what was asked for. */
        REFUSED,
        /** 400 or another answer that no TURN server gives to a sound request: probably it only does STUN. */
        NOT_TURN,
        /** The allocation was there and is not any more. */
        LOST
    }

    static TurnFailure of(Kind kind, int code, String reason) {
        return new TurnFailure(kind, code, reason, null);
    }
}
