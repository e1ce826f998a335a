package dev.notecast.rtc.session;

/** Where a WebRTC session stands: it only ever goes forward. */
public enum SessionState {
    /** ICE checks and the DTLS handshake are under way. */
    CONNECTING,
    /** Keys are there, media may flow both ways. */
    CONNECTED,
    /** Over for good. */
    CLOSED
}
