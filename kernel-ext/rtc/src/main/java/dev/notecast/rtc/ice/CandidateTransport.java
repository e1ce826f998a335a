package dev.notecast.rtc.ice;

import java.util.Optional;

/** UDP, or TCP with the side that opens the connection (RFC 6544 §4.5). */
public enum CandidateTransport {
    UDP("udp", ""),
    TCP_ACTIVE("tcp", "active"),
    TCP_PASSIVE("tcp", "passive"),
    TCP_SIMULTANEOUS_OPEN("tcp", "so");

    private final String sdpName;
    private final String tcpType;

    CandidateTransport(String sdpName, String tcpType) {
        this.sdpName = sdpName;
        this.tcpType = tcpType;
    }

    /** {@code udp} or {@code tcp}. */
    public String sdpName() {
        return sdpName;
    }

    /** The word after {@code tcptype}, empty for UDP. */
    public String tcpType() {
        return tcpType;
    }

    static Optional<CandidateTransport> named(String sdpName, String tcpType) {
        for (CandidateTransport transport : values()) {
            if (transport.sdpName.equalsIgnoreCase(sdpName)
                    && (transport == UDP || transport.tcpType.equalsIgnoreCase(tcpType))) {
                return Optional.of(transport);
            }
        }
        return Optional.empty();
    }
}
