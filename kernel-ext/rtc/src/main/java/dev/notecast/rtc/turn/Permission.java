package dev.notecast.rtc.turn;

/** What lets a peer's address in (RFC 8656 §9). */
final class Permission {
    int users = 1;
    boolean asked; // a request is under way
    long refreshAtNanos;

    Permission(long nowNanos) {
        this.refreshAtNanos = nowNanos;
    }
}
