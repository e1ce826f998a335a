package dev.notecast.rtc.ice;

import java.net.InetSocketAddress;

/**
 * A base and a remote address (RFC 8445 §6.1.2). Our own peer-reflexive candidates need no pairs: whatever address the
 * peer sees, packets leave from the base.
 */
final class CandidatePair {
    /** RFC 8445 §6.1.2.6 without Frozen, which only orders the checks of several streams and components. */
    enum State {
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    private final Base base;
    private final InetSocketAddress remote;
    private long remotePriority;
    private CandidateType remoteType = CandidateType.PEER_REFLEXIVE;

    State state = State.WAITING;
    /** The peer has nominated this pair and waits for our own check to succeed (§7.3.1.5). */
    boolean nominateOnSuccess;
    /** When a check on this pair was last answered; meaningful once {@link #state} is SUCCEEDED. */
    long answeredAtNanos;
    /** Of the last check that was answered and not sent twice; 0 when there is none. */
    long roundTripNanos;

    /** The connection is closed: no packet leaves here any more. */
    boolean dead;

    /** How often the peer answered 487 here. */
    int roleConflicts;

    CandidatePair(Base base, InetSocketAddress remote, long remotePriority) {
        this.base = base;
        this.remote = remote;
        this.remotePriority = remotePriority;
    }

    Base base() {
        return base;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** A candidate learned from a check was signalled after all. */
    void signalled(Candidate candidate) {
        remotePriority = candidate.priority();
        remoteType = candidate.type();
    }

    CandidateType remoteType() {
        return remoteType;
    }

    /** RFC 8445 §6.1.2.3, 64 bits unsigned. */
    long priority(IceRole role) {
        long controlling = role == IceRole.CONTROLLING ? base.priority() : remotePriority;
        long controlled = role == IceRole.CONTROLLING ? remotePriority : base.priority();
        return (Math.min(controlling, controlled) << 32)
                + 2 * Math.max(controlling, controlled)
                + (controlling > controlled ? 1 : 0);
    }
}
