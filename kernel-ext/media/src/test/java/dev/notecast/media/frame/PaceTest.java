package dev.notecast.media.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    /** Frames of a second at a source's rate with jitter, taken as early as the pace allows. */
    private static int taken(int readerFps, int sourceFps, long jitterNanos) {
        Pace pace = new Pace(readerFps);
        Random random = new Random(5);
        int taken = 0;
        for (int i = 0; i < 10 * sourceFps; i++) {
            long now = i * SECOND / sourceFps + (jitterNanos == 0 ? 0 : random.nextLong(jitterNanos));
            if (pace.admits(now)) {
                pace.taken(now);
                taken++;
            }
        }
        return taken;
    }

    @Test
    void skipsNothingAtTheSourcesRateDespiteJitter() {
        assertEquals(300, taken(30, 30, 10_000_000));
    }

    @Test
    void halvesTwiceTheRate() {
        assertEquals(300, taken(30, 60, 0), 1);
    }

    @Test
    void takesAllOfASlowerSource() {
        assertEquals(150, taken(30, 15, 20_000_000));
    }

    @Test
    void aSourceThatIsALittleFasterGainsTwoPercentAtMost() {
        assertEquals(300, taken(30, 33, 5_000_000), 6);
    }

    @Test
    void movesTowardsFramesThatComeEarly() {
        Pace pace = new Pace(30);
        pace.taken(10_000_000); // the first one came late
        for (int i = 1; i < 60; i++) {
            pace.taken(i * SECOND / 30);
        }
        long early = pace.earliestNanos() - 60 * SECOND / 30;
        assertTrue(early < 0, "frames still wait " + early + " ns for their turn");
        assertTrue(pace.admits(60 * SECOND / 30 - 8_000_000), "the beat is still late");
    }

    @Test
    void doesNotMakeUpForAPause() {
        Pace pace = new Pace(10);
        pace.taken(0);
        pace.taken(60 * SECOND);
        assertFalse(pace.admits(60 * SECOND + SECOND / 16), "a minute of frames would be made up");
        assertTrue(pace.admits(60 * SECOND + SECOND / 14));
    }
}
