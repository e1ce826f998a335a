package dev.notecast.vision.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentTimesTest {
    private static final long SECOND = 1_000_000_000;
    private static final long BEGAN = -3 * SECOND / 2; // nanoTime may be negative, and passes zero

    private final RecentTimes times = new RecentTimes();

    @Test
    void sharesAreKnownToSixPercent() {
        for (int millis = 1; millis <= 100; millis++) {
            times.add(Duration.ofMillis(millis).toNanos(), BEGAN + millis * 10_000_000L);
        }
        long now = BEGAN + SECOND;
        assertEquals(100, times.count(now));
        assertEquals(50, times.millis(0.5, now), 4);
        assertEquals(95, times.millis(0.95, now), 7);
    }

    @Test
    void whatIsOlderThanTenSecondsIsForgotten() {
        times.add(1_000_000, BEGAN);
        times.add(9_000_000, BEGAN + 6 * SECOND);
        assertEquals(2, times.count(BEGAN + 6 * SECOND));
        assertEquals(1, times.count(BEGAN + 11 * SECOND));
        assertEquals(9, times.millis(0.5, BEGAN + 11 * SECOND), 0.7);
        assertEquals(0, times.count(BEGAN + 60 * SECOND));
        assertEquals(0, times.millis(0.95, BEGAN + 60 * SECOND));
    }

    @Test
    void ratesAreOfWholeSeconds() {
        for (int i = 0; i < 100; i++) {
            times.add(1, BEGAN + i * SECOND / 25);
        }
        assertEquals(25, times.perSecond(BEGAN + 4 * SECOND), 3);
    }

    @Test
    void theShortestAndTheLongestHavePlaces() {
        times.add(0, BEGAN);
        times.add(Long.MAX_VALUE, BEGAN);
        times.add(-5, BEGAN);
        assertEquals(3, times.count(BEGAN));
    }
}
