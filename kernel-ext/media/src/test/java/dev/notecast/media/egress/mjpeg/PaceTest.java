package dev.notecast.media.egress.mjpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    /** Frames of a second at a source's rate with jitter, taken as early as the pace allows. */
    private static int taken(int readerFps, int sourceFps, long jitterNanos) {
        Pace pace = new Pace(readerFps, 0);
        Random random = new Random(5);
        int taken = 0;
        for (int i = 0; i < 10 * sourceFps; i++) {
            long now = i * SECOND / sourceFps + (jitterNanos == 0 ? 0 : random.nextLong(jitterNanos));
            if (now >= pace.earliestNanos()) {
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
    void doesNotMakeUpForAPause() {
        Pace pace = new Pace(10, 0);
        pace.taken(60 * SECOND);
        pace.taken(60 * SECOND);
        assertEquals(60 * SECOND + SECOND / 20, pace.earliestNanos());
    }
}
