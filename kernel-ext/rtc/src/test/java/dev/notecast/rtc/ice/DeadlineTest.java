package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void neverComesWhateverTheClockSays() {
        for (long now : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 1}) {
            assertFalse(Deadline.isDue(Deadline.NEVER, now), "at " + now);
            assertEquals(now, Deadline.earlier(Deadline.NEVER, now));
            assertEquals(now, Deadline.earlier(now, Deadline.NEVER));
        }
    }

    @Test
    void comparesAcrossTheWrapOfTheClock() {
        long before = Long.MAX_VALUE - 5;
        long after = before + 10;
        assertTrue(Deadline.isDue(before, after), "10 ns late");
        assertFalse(Deadline.isDue(after, before), "10 ns early");
        assertEquals(before, Deadline.earlier(after, before));
    }
}
