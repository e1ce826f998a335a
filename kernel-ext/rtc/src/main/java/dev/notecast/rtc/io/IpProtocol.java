package dev.notecast.rtc.io;

/** What carries a session's datagrams on this side. */
public enum IpProtocol {
    UDP,
    /** With a length before each (RFC 4571). */
    TCP,
    /** A TURN server, which sends them on by UDP (RFC 8656). */
    RELAY
}
