package dev.notecast.rtc.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.AtEveryWrapPoint;
import org.junit.jupiter.api.Test;

class ResendLimitsTest {
    private static final long MS = 1_000_000;

    private final ResendLimits limits = new ResendLimits();

    @AtEveryWrapPoint
    void aPacketIsNotSentAgainBeforeItsCopyCanHaveArrived(int first) {
        limits.roundTripTime(80 * MS);
        for (int i = 0; i < 4; i++) {
            int number = first + i & 0xFFFF;
            assertFalse(limits.isOnItsWay(number, 0));
            assertTrue(limits.take(number, 100, 0));
            assertTrue(limits.isOnItsWay(number, 59 * MS));
            assertFalse(limits.isOnItsWay(number, 60 * MS));
        }
    }

    @Test
    void theHoldHasBounds() {
        limits.roundTripTime(0);
        limits.take(1, 1, 0);
        assertTrue(limits.isOnItsWay(1, 9 * MS));
        limits.roundTripTime(60_000 * MS);
        assertFalse(limits.isOnItsWay(1, 200 * MS));
    }

    @Test
    void repairsAreAShareOfTheStream() {
        long resent = 0;
        long sent = 0;
        for (int ms = 0; ms < 60_000; ms += 10) {
            limits.sent(2_500); // 2 Mbps
            sent += 2_500;
            for (int i = 0; i < 10; i++) { // who asks for 10 times as much
                resent += limits.take(ms + i & 0xFFFF, 1_200, ms * MS) ? 1_200 : 0;
            }
        }
        long allowed = sent / ResendLimits.BYTES_PER_CREDIT
                + 60L * ResendLimits.BYTES_PER_SECOND
                + ResendLimits.FIRST_CREDIT_BYTES;
        assertTrue(resent <= allowed, resent + " > " + allowed);
        assertTrue(resent > allowed - 2_400, "nothing is wasted: " + resent);
    }

    @Test
    void creditIsNotSavedUpForEver() {
        limits.sent(1 << 30);
        long taken = 0;
        while (limits.take(1, 1_000, 0)) {
            taken += 1_000;
        }
        assertEquals(ResendLimits.MAX_CREDIT_BYTES / 1_000 * 1_000, taken);
    }

    @Test
    void timeAloneBringsCreditForAStillPicture() {
        while (limits.take(1, 1_000, 0)) {
            // until there is none
        }
        assertTrue(limits.take(2, 1_000, 100 * MS));
        assertFalse(limits.take(3, 1_000, 110 * MS));
    }
}
