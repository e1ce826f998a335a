package dev.notecast.rtc.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyframeBudgetTest {
    private static final long MS = 1_000_000;

    private final KeyframeBudget budget = new KeyframeBudget();

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE - 1_000 * MS})
    void whoAsksAllTheTimeGetsAFewAtOnceAndThenOneInSeveralSeconds(long startNanos) {
        int made = 0;
        int secondsOfAll = 60;
        for (long ms = 0; ms < secondsOfAll * 1_000; ms++) {
            if (budget.request(startNanos + ms * MS)) {
                made++;
                budget.keyframeSent();
            }
        }
        long paced = Duration.ofSeconds(secondsOfAll).toNanos() / KeyframeBudget.INTERVAL_NANOS;
        assertEquals(KeyframeBudget.MAX_AT_ONCE + paced - 1, made);
    }

    @Test
    void whatIsAskedForAgainBeforeItComesIsOneKeyframe() {
        for (int ms = 0; ms < 2_000; ms += 200) {
            assertTrue(budget.request(ms * MS), "the publisher may have missed the one before");
        }
        budget.keyframeSent();
        spend(2_000, KeyframeBudget.MAX_AT_ONCE - 1);
        assertFalse(budget.request(2_001 * MS));
    }

    @Test
    void whatComesTooEarlyIsRememberedUntilAKeyframeComes() {
        spend(0, KeyframeBudget.MAX_AT_ONCE);
        assertFalse(budget.request(1));
        assertFalse(budget.due(KeyframeBudget.INTERVAL_NANOS - MS));
        assertTrue(budget.due(KeyframeBudget.INTERVAL_NANOS));
        budget.keyframeSent();

        assertFalse(budget.request(KeyframeBudget.INTERVAL_NANOS + MS));
        budget.keyframeSent(); // that another receiver asked for
        assertFalse(budget.due(2 * KeyframeBudget.INTERVAL_NANOS));
    }

    @Test
    void whoHasBeenQuietMayAskForAFewAtOnceAgain() {
        spend(0, KeyframeBudget.MAX_AT_ONCE);
        spend(60_000, KeyframeBudget.MAX_AT_ONCE);
        assertFalse(budget.request(60_001 * MS));
    }

    private void spend(long ms, int keyframes) {
        for (int i = 0; i < keyframes; i++) {
            assertTrue(budget.request(ms * MS));
            budget.keyframeSent();
        }
    }
}
