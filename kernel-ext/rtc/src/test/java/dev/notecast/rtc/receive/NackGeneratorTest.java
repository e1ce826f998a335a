package dev.notecast.rtc.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {
    private static final long MS = 1_000_000;

    private final NackGenerator nacks = new NackGenerator();

    @AtEveryWrapPoint
    void asksForWhatIsMissingInOrder(int first) {
        nacks.received(first, 0);
        nacks.received(first + 4 & 0xFFFF, 0);
        assertEquals(List.of(), nacks.due(4 * MS), "may only be out of order");
        assertEquals(5 * MS, nacks.nextTimeoutNanos());
        assertEquals(List.of(first + 1 & 0xFFFF, first + 2 & 0xFFFF, first + 3 & 0xFFFF), nacks.due(5 * MS));
        assertEquals(List.of(), nacks.due(6 * MS));
    }

    @AtEveryWrapPoint
    void asksNoMoreForWhatHasCome(int first) {
        nacks.received(first, 0);
        nacks.received(first + 3 & 0xFFFF, 0);
        nacks.received(first + 1 & 0xFFFF, 0);
        assertEquals(List.of(first + 2 & 0xFFFF), nacks.due(10 * MS));
        nacks.received(first + 2 & 0xFFFF, 20 * MS);
        assertEquals(List.of(), nacks.due(1000 * MS));
        assertEquals(Long.MAX_VALUE, nacks.nextTimeoutNanos());
        assertFalse(nacks.takeGaveUp());
    }

    @Test
    void asksAtMostTenTimes() {
        nacks.roundTripTime(20 * MS);
        nacks.received(0, 0);
        nacks.received(2, 0);
        int asked = 0;
        for (int ms = 0; ms < 900; ms++) {
            asked += nacks.due(ms * MS).size();
        }
        assertEquals(NackGenerator.MAX_TRIES, asked);
        assertTrue(nacks.takeGaveUp());
        assertFalse(nacks.takeGaveUp());
    }

    @Test
    void asksForAtMostASecond() {
        nacks.roundTripTime(300 * MS);
        nacks.received(0, 0);
        nacks.received(2, 0);
        int asked = 0;
        for (int ms = 0; ms < 5000; ms++) {
            asked += nacks.due(ms * MS).size();
        }
        assertEquals(3, asked);
        assertTrue(nacks.takeGaveUp());
    }

    @AtEveryWrapPoint
    void aLargeJumpIsANewBeginning(int first) {
        nacks.received(first, 0);
        nacks.received(first + NackGenerator.MAX_MISORDER + 1 & 0xFFFF, 0);
        assertEquals(List.of(), nacks.due(100 * MS));
        assertTrue(nacks.takeGaveUp());
        nacks.received(first + NackGenerator.MAX_MISORDER + 3 & 0xFFFF, 0);
        assertEquals(List.of(first + NackGenerator.MAX_MISORDER + 2 & 0xFFFF), nacks.due(100 * MS));
    }

    @Test
    void forgetsWhatIsTooFarBack() {
        nacks.received(0, 0);
        nacks.received(2, 0);
        for (int i = 3; i < NackGenerator.MAX_MISORDER + 3; i++) {
            nacks.received(i, MS);
        }
        assertEquals(List.of(), nacks.due(10 * MS));
        assertTrue(nacks.takeGaveUp());
    }

    @Test
    void asksForABoundedNumberAtOnceAndInASecond() {
        nacks.received(0, 0);
        int asked = 0;
        for (int ms = 0; ms < 2_000; ms++) {
            if (ms % 20 == 0) {
                nacks.received(ms / 20 * 400 + 401 & 0xFFFF, ms * MS); // 400 more lost, 20,000 in a second
            }
            int now = nacks.due(ms * MS).size();
            assertTrue(now <= NackGenerator.MAX_AT_ONCE, now + " at once");
            asked += now;
        }
        assertTrue(asked <= 2 * NackGenerator.MAX_PER_SECOND + NackGenerator.MAX_AT_ONCE, asked + " in two seconds");
        assertEquals(asked, nacks.requested());
    }

    @AtEveryWrapPoint
    void theTimeThatARepairTookPacesTheNextTries(int first) {
        nacks.received(first, 0);
        nacks.received(first + 3 & 0xFFFF, 0);
        assertFalse(nacks.isAwaited(first + 1 & 0xFFFF), "not asked for yet");
        nacks.due(5 * MS);
        assertTrue(nacks.isAwaited(first + 1 & 0xFFFF));
        nacks.repaired(first + 1 & 0xFFFF, 85 * MS);
        assertFalse(nacks.isAwaited(first + 1 & 0xFFFF));
        nacks.received(first + 5 & 0xFFFF, 85 * MS);
        assertEquals(2, nacks.due(105 * MS).size(), "the other one once more after the first guess, and a new one");
        nacks.repaired(first + 2 & 0xFFFF, 110 * MS);
        assertEquals(List.of(), nacks.due(194 * MS));
        assertEquals(List.of(first + 4 & 0xFFFF), nacks.due(195 * MS), "80 ms and a margin after the first try");
    }
}
