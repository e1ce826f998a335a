package dev.notecast.rtc.ice;

import java.util.Optional;

/** Where a candidate's address comes from (RFC 8445 §5.1.1), with its recommended type preference (§5.1.2.2). */
public enum CandidateType {
    HOST("host", 126),
    PEER_REFLEXIVE("prflx", 110),
    SERVER_REFLEXIVE("srflx", 100),
    RELAYED("relay", 0);

    private final String sdpName;
    private final int preference;

    CandidateType(String sdpName, int preference) {
        this.sdpName = sdpName;
        this.preference = preference;
    }

    /** The word after {@code typ}. */
    public String sdpName() {
        return sdpName;
    }

    /** 0..126, higher is better. */
    public int preference() {
        return preference;
    }

    static Optional<CandidateType> named(String name) {
        for (CandidateType type : values()) {
            if (type.sdpName.equalsIgnoreCase(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
