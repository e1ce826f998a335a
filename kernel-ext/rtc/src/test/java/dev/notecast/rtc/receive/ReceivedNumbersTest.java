package dev.notecast.rtc.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceivedNumbersTest {
    private final ReceivedNumbers numbers = new ReceivedNumbers();

    @AtEveryWrapPoint
    void eachNumberIsNewOnce(int first) {
        int[] order = {0, 2, 1, 5, 3, 4, -1};
        for (int each : order) {
            assertTrue(numbers.add(first + each & 0xFFFF), "first time " + each);
        }
        for (int each : order) {
            assertFalse(numbers.add(first + each & 0xFFFF), "second time " + each);
        }
    }

    @AtEveryWrapPoint
    void whatIsTooOldToTellIsTakenForKnown(int first) {
        numbers.add(first);
        assertTrue(numbers.add(first + ReceivedNumbers.WINDOW + 7 & 0xFFFF));
        assertFalse(numbers.add(first + 1 & 0xFFFF));
        assertTrue(numbers.add(first + 8 & 0xFFFF), "within the window, in a slot that was used before");
    }

    @Test
    void agreesWithASetOverManyWraps() {
        Random random = new Random(1);
        Set<Long> seen = new HashSet<>();
        long at = 0;
        for (int i = 0; i < 500_000; i++) {
            at += random.nextInt(3);
            long sequence = Math.max(0, at - random.nextInt(900));
            assertEquals(seen.add(sequence), numbers.add((int) sequence & 0xFFFF), "number " + sequence);
        }
    }
}
