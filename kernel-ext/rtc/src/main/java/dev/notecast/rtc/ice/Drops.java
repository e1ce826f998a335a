package dev.notecast.rtc.ice;

/** Counts what an agent drops; each method gives false, as "not from the peer". */
final class Drops {
    private long malformed;
    private long unauthenticated;
    private long unmatched;
    private long candidates;

    boolean malformed() {
        malformed++;
        return false;
    }

    boolean unauthenticated() {
        unauthenticated++;
        return false;
    }

    boolean unmatched() {
        unmatched++;
        return false;
    }

    boolean candidate() {
        candidates++;
        return false;
    }

    IceCounters counters(long outputDropped) {
        return new IceCounters(malformed, unauthenticated, unmatched, candidates, outputDropped);
    }
}
