package dev.notecast.media.ingest.upload;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UploadPaceTest {
    private long nowNanos = Long.MAX_VALUE - 10; // which may wrap
    private final UploadPace pace = new UploadPace(nowNanos);

    private void pictures(int count, long gapMs) {
        for (int i = 0; i < count; i++) {
            nowNanos += TimeUnit.MILLISECONDS.toNanos(gapMs);
            pace.arrived(nowNanos);
        }
    }

    private boolean pausedAfter(long silenceMs) {
        return pace.hasPaused(nowNanos + TimeUnit.MILLISECONDS.toNanos(silenceMs));
    }

    @Test
    void whoSendsOftenHasPausedAfterASecond() {
        pictures(30, 66);
        assertFalse(pausedAfter(900));
        assertTrue(pausedAfter(1100));
    }

    @Test
    void whoSendsSeldomIsNotTakenForGoneBetweenTwoPictures() {
        pictures(4, 1500);
        assertFalse(pausedAfter(4400));
        assertTrue(pausedAfter(4600));
        pictures(4, 8000);
        assertTrue(pausedAfter(5100));
    }

    @Test
    void onePictureAloneKeepsItsPathForFiveSeconds() {
        assertFalse(pausedAfter(4900));
        pictures(1, 100);
        assertFalse(pausedAfter(4900));
        assertTrue(pausedAfter(5100));
    }

    @Test
    void oneLateAmongManyIsForgotten() {
        pictures(10, 66);
        pictures(1, 1200);
        assertFalse(pausedAfter(3500));
        pictures(30, 66);
        assertTrue(pausedAfter(1100));
    }
}
