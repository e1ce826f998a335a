package dev.notecast.media.ingest.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void givesThirtyPicturesAndFiftySoundsASecond() {
        Schedule schedule = new Schedule(30, 0);
        int pictures = 0;
        int sounds = 0;
        long now = 0;
        while (now < SECOND) {
            long wait = schedule.nanosUntilNext(now);
            if (wait > 0) {
                now += wait;
            } else if (schedule.audioIsNext()) {
                assertEquals(960L * sounds++, schedule.audioTicks());
                schedule.audioDone();
            } else {
                assertEquals(3000L * pictures++, schedule.videoTicks());
                schedule.videoDone();
            }
        }
        assertEquals(30, pictures);
        assertEquals(50, sounds);
    }

    @Test
    void goesOnAfterAStandstillWithoutMakingUpForIt() {
        Schedule schedule = new Schedule(30, 0);
        assertEquals(0, schedule.nanosUntilNext(60 * SECOND));
        assertTrue(schedule.audioIsNext());
        schedule.audioDone();
        schedule.videoDone();
        assertEquals(SECOND / 50, schedule.nanosUntilNext(60 * SECOND), "a minute of pictures would be made up");
        assertEquals(60 * 90_000 + 3000, schedule.videoTicks(), "RTP time has to follow the clock");
        assertEquals(1, schedule.frame(), "the counter has no gap");
    }
}
