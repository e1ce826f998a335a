package dev.notecast.rtc.turn;

import java.net.InetSocketAddress;

/** A number that stands for a peer's address (RFC 8656 §12). */
final class Channel {
    final int number;
    final InetSocketAddress peer;
    boolean wanted = true;
    boolean asked; // a request is under way
    long standsUntilNanos; // 0 when it never stood
    long refreshAtNanos;

    Channel(int number, InetSocketAddress peer, long nowNanos) {
        this.number = number;
        this.peer = peer;
        this.refreshAtNanos = nowNanos;
    }
}
