package dev.notecast.media.ingest.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.media.frame.FrameTimes;
import dev.notecast.rtc.rtcp.NtpTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PictureClockTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final long MS = 1_000_000;
    private static final long BEGAN = 7_000 * MS;

    private final PictureClock clock = new PictureClock(NOON, BEGAN);

    private static FrameTimes arrived(long millis) {
        return FrameTimes.arrived(BEGAN + millis * MS);
    }

    private static FrameTimes taken(long millis, long arrivedMillis) {
        return arrived(arrivedMillis).captured(NtpTime.ofUnixMillis(NOON.toEpochMilli() + millis));
    }

    @Test
    void aPicturesTimeIsWhenItWasTakenHoweverLongItWasOnItsWay() {
        assertEquals(90 * 1000, clock.ticks(taken(1000, 1040), BEGAN + 1200 * MS), 1);
        assertEquals(90 * 1033, clock.ticks(taken(1033, 1150), BEGAN + 1160 * MS), 1);
    }

    @Test
    void whereNobodyHasSaidThatItIsWhenItCameIn() {
        assertEquals(90 * 1000, clock.ticks(arrived(1000), BEGAN + 1200 * MS));
    }

    @Test
    void aClockThatIsSecondsOffIsNotBelieved() {
        assertEquals(90 * 1000, clock.ticks(taken(60_000, 1000), BEGAN + 1200 * MS));
        assertEquals(90 * 1033, clock.ticks(taken(-60_000, 1033), BEGAN + 1200 * MS));
    }

    @Test
    void timesAlwaysGrow() {
        assertEquals(90 * 1000, clock.ticks(taken(1000, 1040), BEGAN + 1050 * MS), 1);
        assertEquals(90 * 1000 + 1, clock.ticks(taken(1000, 1040), BEGAN + 1050 * MS), 1);
        assertEquals(90 * 1000 + 2, clock.ticks(taken(990, 1040), BEGAN + 1050 * MS), 1);
    }

    @Test
    void aPictureThatIsShownAgainIsAsLateAsItWasTheFirstTime() {
        clock.ticks(taken(1000, 1040), BEGAN + 1050 * MS);
        assertEquals(90 * 3000, clock.ticksAgain(BEGAN + 3050 * MS), 1);
    }
}
