package dev.notecast.rtc.dtls;

/** Which side of the DTLS handshake we are: {@code a=setup:active} is the client (RFC 5763 §5). */
public enum DtlsRole {
    CLIENT,
    SERVER
}
