package dev.notecast.jupyter.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PicturePaceTest {
    private static final long MS = 1_000_000;
    private static final long START = Long.MAX_VALUE - 500 * MS; // nanoTime may overflow on the way

    private final PicturePace pace = new PicturePace(START);

    /** Sends whenever it may, looking once a millisecond, and acknowledges every tenth picture if asked to. */
    private long sendFor(long fromMs, long toMs, boolean cellRuns, boolean acknowledge) {
        long count = 0;
        for (long ms = fromMs; ms < toMs; ms++) {
            long now = START + ms * MS;
            if (pace.maySend(now, cellRuns)) {
                long number = pace.sent(now);
                count++;
                if (acknowledge && number % 10 == 0) {
                    pace.seen(number, now);
                }
            }
        }
        return count;
    }

    @Test
    void sendsFifteenPicturesASecondToAPageThatKeepsUp() {
        assertEquals(150, sendFor(0, 10_000, false, true), 3);
        assertFalse(pace.isAbandoned(START + 10_000 * MS, false));
    }

    @Test
    void stopsAfterTwoSecondsOfPicturesThatNobodySaw() {
        assertEquals(30, sendFor(0, 60_000, false, false));
    }

    @Test
    void goesOnWhenThePageCatchesUp() {
        sendFor(0, 5_000, false, false);
        pace.seen(30, START + 5_000 * MS);
        assertTrue(pace.maySend(START + 5_000 * MS, false));
    }

    @Test
    void goesOnSlowerWhileACellKeepsPagesUnheard() {
        assertEquals(100, sendFor(0, 20_000, true, false), 2);
        assertFalse(pace.isAbandoned(START + 20_000 * MS, true));
        assertTrue(pace.isAbandoned(START + 121_000 * MS, true));
    }

    @Test
    void givesUpOnAPageThatIsSilentForTenSeconds() {
        assertFalse(pace.isAbandoned(START + 9_900 * MS, false));
        assertTrue(pace.isAbandoned(START + 10_100 * MS, false));
    }

    @Test
    void believesNoPageThatSawPicturesOfTheFuture() {
        pace.sent(START);
        pace.seen(1_000_000, START);
        assertEquals(30, sendFor(1_000, 60_000, false, false));
    }
}
