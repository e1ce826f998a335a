package dev.notecast.rtc.io;

/** What carries a session's datagrams: UDP, or TCP with a length before each (RFC 4571). */
public enum IpProtocol {
    UDP,
    TCP
}
