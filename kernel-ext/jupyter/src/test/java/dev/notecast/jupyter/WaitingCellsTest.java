package dev.notecast.jupyter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingCellsTest {
    private static final String SENT = "2026-05-04T10:00:00.000Z";
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00.300Z");

    private final WaitingCells waiting = new WaitingCells();

    @Test
    void dropsWhatWasSentTogetherWithTheCellThatFailed() {
        waiting.failed("page", SENT, NOW, Duration.ofMillis(5));
        assertTrue(waiting.drops("page", "2026-05-04T10:00:00.008Z"));
        assertTrue(waiting.drops("page", "2026-05-04T12:00:00.008+02:00"), "the same moment in another zone");
    }

    @Test
    void runsWhatWasSentAfterTheFailureWasKnown() {
        waiting.failed("page", SENT, NOW, Duration.ofMillis(5));
        assertFalse(waiting.drops("page", "2026-05-04T10:00:00.301Z"));
    }

    @Test
    void dropsWhatWasSentWhileALongMagicRan() {
        waiting.failed("page", SENT, NOW.plusSeconds(10), Duration.ofSeconds(10));
        assertTrue(waiting.drops("page", "2026-05-04T10:00:09Z"));
        assertFalse(waiting.drops("page", "2026-05-04T10:00:11Z"));
    }

    @Test
    void leavesOtherPagesAlone() {
        waiting.failed("page", SENT, NOW, Duration.ofMillis(5));
        assertFalse(waiting.drops("other page", "2026-05-04T10:00:00.008Z"));
    }

    @Test
    void dropsLittleWhenThePageHasAnotherIdeaOfTheTime() {
        waiting.failed("page", "2026-05-04T09:00:00Z", NOW, Duration.ofMillis(5));
        assertFalse(waiting.drops("page", "2026-05-04T09:00:03Z"));
        waiting.failed("page", "2026-05-04T11:00:00Z", NOW, Duration.ofMillis(5));
        assertFalse(waiting.drops("page", "2026-05-04T11:00:01Z"));
    }

    @Test
    void dropsNothingBeforeAFailureAndNothingWithoutATime() {
        assertFalse(waiting.drops("page", SENT));
        waiting.failed("page", "yesterday", NOW, Duration.ofMillis(5));
        assertFalse(waiting.drops("page", "yesterday"));
    }
}
