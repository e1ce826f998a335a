package dev.notecast.rtc.rtcp;

import java.time.Instant;

/**
 * A wall-clock time as RTCP carries it (RFC 3550 §4): seconds since 1900 in the high 32 bits, binary fractions of a
 * second in the low 32. The era that ends in 2036 is assumed.
 */
public record NtpTime(long bits) {
    /** What sender reports carry when they have no time. */
    public static final NtpTime NONE = new NtpTime(0);

    private static final long UNIX_EPOCH_SECONDS = 2_208_988_800L; // 1970 in seconds since 1900
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** @param unixNanos nanoseconds since 1970 */
    public static NtpTime ofUnixNanos(long unixNanos) {
        long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND) + UNIX_EPOCH_SECONDS;
        long nanos = Math.floorMod(unixNanos, NANOS_PER_SECOND);
        return new NtpTime(seconds << 32 | (nanos << 32) / NANOS_PER_SECOND);
    }

    /** @param unixMillis milliseconds since 1970 */
    public static NtpTime ofUnixMillis(long unixMillis) {
        return ofUnixNanos(unixMillis * 1_000_000);
    }

    public Instant toInstant() {
        long nanos = ((bits & 0xFFFFFFFFL) * NANOS_PER_SECOND + 0x80000000L) >>> 32; // rounded, the way back is exact
        return Instant.ofEpochSecond((bits >>> 32) - UNIX_EPOCH_SECONDS, nanos);
    }

    /** The middle 32 bits, in units of 1/65536 s: what report blocks answer a sender report with. */
    public int compact() {
        return (int) (bits >> 16);
    }
}
