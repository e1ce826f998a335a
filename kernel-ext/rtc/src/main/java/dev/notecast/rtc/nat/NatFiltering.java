package dev.notecast.rtc.nat;

/** Whose datagrams a NAT or a firewall lets in to a port that has sent some out (RFC 4787 §5, RFC 5780 §3.2). */
public enum NatFiltering {
    /** Everybody's. */
    ENDPOINT_INDEPENDENT,
    /** Those of addresses that were sent to. */
    ADDRESS_DEPENDENT,
    /** Those of addresses and ports that were sent to. */
    ADDRESS_AND_PORT_DEPENDENT,
    /** No server that was asked can answer from elsewhere. */
    UNKNOWN
}
