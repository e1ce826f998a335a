package dev.notecast.server.tunnel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsLongerEachTimeUntilAMinuteAndNeverInStep() {
        Backoff backoff = new Backoff(new Random(7));
        long step = 1000;
        for (int i = 0; i < 100; i++) {
            long millis = backoff.next().toMillis();
            assertTrue(millis >= step / 2 && millis <= step, "wait " + i + ": " + millis);
            step = Math.min(60_000, 2 * step);
        }
        backoff.reset();
        assertTrue(backoff.next().compareTo(Duration.ofSeconds(1)) <= 0);
    }
}
