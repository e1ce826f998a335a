package dev.notecast.media.relay;

import java.time.Duration;
import java.util.List;

/**
 * How one server does.
 *
 * @param roundTrip to it, zero before it was measured
 * @param candidates what it gives, for example {@code srflx 203.0.113.7:41234} or {@code relay 198.51.100.1:49170}
 * @param peers that have a channel of its allocations now; 0 for STUN
 * @param problem one line with the fix, for example what is wrong with the password; empty when all is well
 */
public record IceServerStatus(
        IceServer server, State state, Duration roundTrip, List<String> candidates, int peers, String problem) {
    /** Where it stands. */
    public enum State {
        /** Asked for the first time, or again after a failure. */
        TRYING,
        /** Its candidates are in answers. */
        READY,
        /** It gives nothing now; it is tried again by and by. */
        FAILED
    }

    public IceServerStatus {
        candidates = List.copyOf(candidates);
    }
}
