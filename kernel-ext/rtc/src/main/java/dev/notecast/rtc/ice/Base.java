package dev.notecast.rtc.ice;

import java.net.InetSocketAddress;

/** A local socket that checks leave from and arrive at (RFC 8445 §2.1 "base"), named by its bound address. */
record Base(InetSocketAddress local, int localPreference) {
    long hostPriority() {
        return Candidate.priority(CandidateType.HOST, localPreference, Candidate.RTP_COMPONENT);
    }

    /** For the PRIORITY attribute: what the peer shall give us if it learns our address from the check (§7.1.1). */
    long peerReflexivePriority() {
        return Candidate.priority(CandidateType.PEER_REFLEXIVE, localPreference, Candidate.RTP_COMPONENT);
    }

    /** Whether a packet can go there from here: a wildcard socket is taken to speak both families. */
    boolean reaches(InetSocketAddress remote) {
        return local.getAddress().isAnyLocalAddress()
                || local.getAddress().getClass() == remote.getAddress().getClass();
    }
}
