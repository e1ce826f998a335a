package dev.notecast.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateMeter meter = new RateMeter();

    @Test
    void knowsNothingBeforeTheSecondSample() {
        meter.sample(100, 0);
        assertEquals(0, meter.perSecond());
    }

    @Test
    void followsTheLastSecondsOnly() {
        for (int second = 0; second <= 10; second++) {
            meter.sample(second * 500L, second * SECOND);
        }
        assertEquals(500, meter.perSecond(), 1e-9);
        for (int second = 11; second <= 20; second++) {
            meter.sample(5000, second * SECOND);
        }
        assertEquals(0, meter.perSecond(), 1e-9);
    }
}
