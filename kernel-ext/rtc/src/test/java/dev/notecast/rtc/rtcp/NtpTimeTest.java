package dev.notecast.rtc.rtcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NtpTimeTest {
    @Test
    void countsFrom1900() {
        assertEquals(0x83aa7e80_00000000L, NtpTime.ofUnixNanos(0).bits());
        assertEquals(0x83aa7e81_80000000L, NtpTime.ofUnixMillis(1500).bits());
        assertEquals(0x83aa7e7f_80000000L, NtpTime.ofUnixMillis(-500).bits());
    }

    @Test
    void comesBackToTheNanosecond() {
        for (long nanos : new long[] {0, 1, 999_999_999, 1_700_000_000_123_456_789L, 2_000_000_000_999_999_999L}) {
            assertEquals(
                    Instant.ofEpochSecond(0, nanos), NtpTime.ofUnixNanos(nanos).toInstant());
        }
    }

    @Test
    void compactIsTheMiddle() {
        assertEquals(0x33445566, new NtpTime(0x1122334455667788L).compact());
    }

    @Test
    void reportBlocksGiveTheRoundTripTime() {
        NtpTime sent = NtpTime.ofUnixMillis(1_700_000_000_000L);
        NtpTime now = NtpTime.ofUnixMillis(1_700_000_000_750L);
        ReportBlock block = new ReportBlock(1, 0, 0, 0, 0, sent.compact(), 0x8000); // half a second at the receiver
        assertEquals(OptionalLong.of(250_000), block.roundTripMicros(now));
        assertEquals(OptionalLong.of(0), block.roundTripMicros(sent), "never negative");
        ReportBlock early = new ReportBlock(1, 0, 0, 0, 0, 0, 0);
        assertEquals(OptionalLong.empty(), early.roundTripMicros(now));
    }
}
