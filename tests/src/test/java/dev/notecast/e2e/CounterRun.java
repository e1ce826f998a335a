package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;

/**
 * What a viewer saw of a clip whose counter begins again every {@link CounterClip#FRAMES} frames.
 *
 * @param expected counter values from the first to the last one seen
 * @param missing of those, never seen
 * @param outOfOrder seen after a later one
 * @param longestGap missing in a row, at most
 */
public record CounterRun(int expected, int missing, int outOfOrder, int longestGap) {
    public static CounterRun of(List<Integer> counters) {
        int expected = 1;
        int missing = 0;
        int outOfOrder = 0;
        int longestGap = 0;
        int newest = counters.getFirst();
        for (int counter : counters.subList(1, counters.size())) {
            int step = Math.floorMod(counter - newest, CounterClip.FRAMES);
            if (step > CounterClip.FRAMES / 2) {
                outOfOrder++;
            } else if (step > 0) { // 0 is a frame shown twice
                missing += step - 1;
                longestGap = Math.max(longestGap, step - 1);
                expected += step;
                newest = counter;
            }
        }
        return new CounterRun(expected, missing, outOfOrder, longestGap);
    }

    /** How many of those that were sent a viewer did not see, from the first to the last one that it saw. */
    public static long missing(List<Integer> sent, List<Integer> seen) {
        int first = seen.getFirst();
        int span = Math.floorMod(seen.getLast() - first, CounterClip.FRAMES);
        Set<Integer> all = Set.copyOf(seen);
        return sent.stream()
                .filter(counter -> Math.floorMod(counter - first, CounterClip.FRAMES) <= span)
                .filter(counter -> !all.contains(counter))
                .count();
    }

    /** For short runs of pictures, of which the newest is given to who is slow: fails when a frame came after a later one, or more than one in ten is missing. */
    public static void assertInOrder(String who, List<Integer> counters) {
        CounterRun run = of(counters);
        assertEquals(0, run.outOfOrder(), () -> who + " saw " + run + " in " + counters);
        assertTrue(run.missingPercent() <= 10, () -> who + " saw " + run + " in " + counters);
    }

    /**
     * For who decodes every frame: fails when more than one in a hundred is missing.
     *
     * @param excused missing frames that the viewer counts as dropped by itself, since they came too late to be shown
     */
    public static void assertComplete(String who, List<Integer> counters, long excused) {
        CounterRun run = of(counters);
        assertEquals(0, run.outOfOrder(), () -> who + " saw " + run + " in " + counters);
        assertTrue(
                100 * (run.missing() - excused) <= run.expected(),
                () -> who + " saw " + run + " in " + counters + " and dropped " + excused);
    }

    public double missingPercent() {
        return 100.0 * missing / expected;
    }
}
