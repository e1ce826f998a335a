package dev.notecast.rtc.session;

import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceState;
import dev.notecast.rtc.io.LocalSocket;
import java.net.InetSocketAddress;

/**
 * The agent in use and, during an ICE restart (RFC 8445 §9), the one that will follow it: media keeps its way until the
 * new agent has found another.
 */
final class IceGenerations {
    private IceAgent current;
    private IceAgent next; // null unless a restart is under way

    IceGenerations(IceAgent first) {
        current = first;
    }

    IceAgent current() {
        return current;
    }

    /** Null unless a restart is under way. */
    IceAgent next() {
        return next;
    }

    /** Begins a restart; gives the agent of one that was under way and ends with it, else null. */
    IceAgent restart(IceAgent agent) {
        IceAgent replaced = next;
        next = agent;
        return replaced;
    }

    /** The next agent has found a way; gives the one that it follows. */
    IceAgent promote() {
        IceAgent old = current;
        current = next;
        next = null;
        return old;
    }

    /** The restart has failed. */
    void giveUpNext() {
        next = null;
    }

    boolean receive(byte[] data, int length, LocalSocket local, InetSocketAddress from, long nowNanos) {
        IceAgent agent = next != null && next.isAddressed(data, 0, length) ? next : current;
        return agent.receive(data, 0, length, local, from, nowNanos);
    }

    void mediaReceived(long nowNanos) {
        current.mediaReceived(nowNanos);
    }

    /** A candidate belongs to what was signalled last. */
    void addRemoteCandidate(Candidate candidate, long nowNanos) {
        (next == null ? current : next).addRemoteCandidate(candidate, nowNanos);
    }

    void connectionClosed(LocalSocket local, InetSocketAddress remote, long nowNanos) {
        current.connectionClosed(local, remote, nowNanos);
        if (next != null) {
            next.connectionClosed(local, remote, nowNanos);
        }
    }

    void tick(long nowNanos) {
        current.tick(nowNanos);
        if (next != null) {
            next.tick(nowNanos);
        }
    }

    /** As {@link IceAgent#nextTimeoutNanos}. */
    long nextTimeoutNanos() {
        long first = current.nextTimeoutNanos();
        long second = next == null ? IceAgent.NO_TIMEOUT : next.nextTimeoutNanos();
        if (first == IceAgent.NO_TIMEOUT || second == IceAgent.NO_TIMEOUT) {
            return first == IceAgent.NO_TIMEOUT ? second : first;
        }
        return first - second < 0 ? first : second;
    }

    boolean allFailed() {
        return current.state() == IceState.FAILED && next == null;
    }
}
