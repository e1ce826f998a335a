package dev.notecast.rtc.nat;

/** What a NAT makes of one local port that talks to several places (RFC 4787 §4.1, RFC 5780 §3.1). */
public enum NatMapping {
    /** The outside sees the local address itself. */
    NO_NAT,
    /** The same outside address whoever is talked to: what a STUN server is told is true for everybody. */
    ENDPOINT_INDEPENDENT,
    /** Another one for each address that is talked to. */
    ADDRESS_DEPENDENT,
    /** Another one for each address and port that is talked to. */
    ADDRESS_AND_PORT_DEPENDENT,
    /** One of the two above; no server that was asked can tell which. */
    DESTINATION_DEPENDENT,
    UNKNOWN;

    /** Whether what a STUN server is told is of no use to anybody else, so that such a NAT is called symmetric. */
    public boolean isSymmetric() {
        return switch (this) {
            case ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT, DESTINATION_DEPENDENT -> true;
            case NO_NAT, ENDPOINT_INDEPENDENT, UNKNOWN -> false;
        };
    }
}
