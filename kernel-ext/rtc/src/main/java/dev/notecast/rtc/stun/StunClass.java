package dev.notecast.rtc.stun;

/** What a message is to its transaction (RFC 8489 §5), in the order of the two class bits. */
public enum StunClass {
    REQUEST,
    INDICATION,
    SUCCESS,
    ERROR
}
