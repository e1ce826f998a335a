package dev.notecast.media.relay;

import java.time.Duration;
import java.util.List;

/**
 * What {@link IceServers#test} found.
 *
 * @param works whether the server did its work from end to end
 * @param ready how long it took until it gave a candidate
 * @param roundTrip of a packet through the relay and back; of the request for STUN. Zero when it did not come that far
 * @param candidates what it gave
 * @param problem one line with the fix, empty when all is well
 */
public record TrialResult(
        IceServer server, boolean works, Duration ready, Duration roundTrip, List<String> candidates, String problem) {
    public TrialResult {
        candidates = List.copyOf(candidates);
    }
}
