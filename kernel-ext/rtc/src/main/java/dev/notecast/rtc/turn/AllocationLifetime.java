package dev.notecast.rtc.turn;

import java.time.Duration;

/** How long the allocation stands, and when to prolong it (RFC 8656 §3.2). */
final class AllocationLifetime {
    static final long DEFAULT_SECONDS = 600;
    private static final long MAX_SECONDS = 3600; // what we keep an allocation for without asking again
    // Also keeps mappings of NATs on the way, of which many forget UDP after 30 s, and tells soon of a dead server.
    private static final long REFRESH_SECONDS = 25;
    private static final long DOUBT_NANOS = Duration.ofSeconds(1).toNanos(); // between Refreshes for mere doubt

    private boolean refreshing; // a Refresh is under way, or was refused for good
    private long grantedAtNanos;
    private long refreshAtNanos;
    private long expiresAtNanos;

    /** The server has granted so many seconds from now. */
    void granted(long seconds, long nowNanos) {
        long lifetime = Math.min(seconds, MAX_SECONDS);
        long untilRefresh = Math.min(lifetime / 2, REFRESH_SECONDS);
        refreshing = false;
        grantedAtNanos = nowNanos;
        refreshAtNanos = nowNanos + Duration.ofSeconds(untilRefresh).toNanos();
        expiresAtNanos = nowNanos + Duration.ofSeconds(lifetime).toNanos();
    }

    /** Whether it stands is doubtful: it is to be prolonged sooner. False when that is no sooner than it would be. */
    boolean doubt() {
        long soonest = grantedAtNanos + DOUBT_NANOS;
        if (soonest - refreshAtNanos >= 0) {
            return false;
        }
        refreshAtNanos = soonest;
        return true;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - expiresAtNanos >= 0;
    }

    /** True when it is time to prolong it: once, until it is {@link #granted} again. */
    boolean beginsRefresh(long nowNanos) {
        if (refreshing || nowNanos - refreshAtNanos < 0) {
            return false;
        }
        refreshing = true;
        return true;
    }

    /** When something is due, {@code next} if that is earlier. */
    long nextDueNanos(long next) {
        long due = refreshing ? expiresAtNanos : refreshAtNanos;
        return due - next < 0 ? due : next;
    }
}
