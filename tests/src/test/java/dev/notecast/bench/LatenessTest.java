package dev.notecast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenessTest {
    @Test
    void percentilesCountPackets() {
        Lateness first = new Lateness();
        Lateness second = new Lateness();
        for (int i = 1; i <= 50; i++) {
            first.add(i * 1_000L);
            second.add((50 + i) * 1_000L);
        }
        first.addAll(second);
        assertEquals(50, first.percentileMicros(0.50));
        assertEquals(99, first.percentileMicros(0.99));
        assertEquals(100, first.maxMicros());
    }

    @Test
    void nothingMeasuredIsZero() {
        assertEquals(0, new Lateness().percentileMicros(0.99));
    }
}
