package dev.notecast.rtc.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    @Test
    void agreesWithASetOfAllIndexes() {
        Random random = new Random(3);
        for (int maxJump : new int[] {2, 70, 500, 2000, 100_000}) {
            ReplayWindow window = new ReplayWindow();
            Set<Long> used = new HashSet<>();
            long highest = 0;
            for (int i = 0; i < 20_000; i++) {
                long index = Math.max(0, highest + random.nextInt(-1200, maxJump));
                boolean unused = window.isUnused(index);
                if (used.contains(index)) {
                    assertFalse(unused, index + " was used, highest " + highest);
                } else if (index > highest - ReplayWindow.SIZE) {
                    assertTrue(unused, index + " was not used, highest " + highest);
                }
                if (unused) {
                    window.markUsed(index);
                    used.add(index);
                    highest = Math.max(highest, index);
                }
            }
            assertEquals(highest, window.highest());
        }
    }

    @Test
    void refusesWhatIsTooOldToTell() {
        ReplayWindow window = new ReplayWindow();
        window.markUsed(1L << 40);
        assertTrue(window.isUnused((1L << 40) - ReplayWindow.SIZE));
        assertFalse(window.isUnused((1L << 40) - ReplayWindow.SIZE - Long.SIZE), "a word behind the window");
        assertFalse(window.isUnused(0));
    }
}
