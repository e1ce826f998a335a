package dev.notecast.rtc.turn;

import dev.notecast.rtc.stun.StunAttribute.AlternateServer;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import java.net.InetSocketAddress;
import java.util.Optional;

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

    /** What an error response means to a request that can be sent no other way. */
    static TurnFailure of(ErrorCode error, Optional<AlternateServer> alternate) {
        Kind kind =
                switch (error.code()) {
                    case 300 -> Kind.REDIRECTED;
                    case 401, 438, 441 -> Kind.WRONG_CREDENTIALS;
                    case 403, 440, 442 -> Kind.REFUSED;
                    case 437 -> Kind.MISMATCH;
                    case 486 -> Kind.QUOTA;
                    case 500, 508 -> Kind.BUSY;
                    default -> Kind.NOT_TURN;
                };
        if (kind != Kind.REDIRECTED) {
            return of(kind, error.code(), error.reason());
        }
        return alternate
                .map(server -> new TurnFailure(kind, error.code(), error.reason(), server.address()))
                .orElseGet(() -> of(Kind.NOT_TURN, error.code(), "sent on without saying where to"));
    }
}
