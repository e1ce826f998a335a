package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DismissalsTest {
    private final Dismissals dismissals = new Dismissals();

    @Test
    void theFirstReasonStays() {
        dismissals.add("a", "kicked");
        dismissals.add("a", "the path was closed");
        assertEquals(Optional.of("kicked"), dismissals.reason("a"));
        assertTrue(dismissals.reason("b").isEmpty());
    }

    @Test
    void theOldestIsForgottenFirst() {
        for (int i = 0; i <= Dismissals.MAX_REMEMBERED; i++) {
            dismissals.add("session " + i, "kicked");
        }
        assertTrue(dismissals.reason("session 0").isEmpty());
        assertTrue(dismissals.reason("session 1").isPresent());
    }
}
