package dev.notecast.rtc.ice;

import dev.notecast.rtc.io.LocalSocket;
import java.net.InetSocketAddress;

/** A local socket or relay that checks leave from and arrive at (RFC 8445 §2.1 "base"), named by its bound address. */
record Base(LocalSocket local, int localPreference) {
    /** Of the candidate that is the base itself. */
    long priority() {
        CandidateType type = local.isRelay() ? CandidateType.RELAYED : CandidateType.HOST;
        return Candidate.priority(transport(), type, localPreference);
    }

    /** For the PRIORITY attribute: what the peer shall give us if it learns our address from the check (§7.1.1). */
    long peerReflexivePriority() {
        return Candidate.priority(transport(), CandidateType.PEER_REFLEXIVE, localPreference);
    }

    /**
     * Whether a packet can go to a signalled candidate from here: a wildcard socket is taken to speak both families. A
     * TCP port only waits to be connected to, so its pairs come from checks.
     */
    boolean reaches(InetSocketAddress remote) {
        return !local.isTcp()
                && (local.address().getAddress().isAnyLocalAddress()
                        || local.address().getAddress().getClass()
                                == remote.getAddress().getClass());
    }

    private CandidateTransport transport() {
        return local.isTcp() ? CandidateTransport.TCP_PASSIVE : CandidateTransport.UDP;
    }
}
