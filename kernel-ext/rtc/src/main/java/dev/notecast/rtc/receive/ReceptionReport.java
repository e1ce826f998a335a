package dev.notecast.rtc.receive;

/**
 * What a receiver says about one stream: the fields of an RTCP report block (RFC 3550 §6.4.1).
 *
 * @param fractionLost lost since the last report, in 1/256, 0..255
 * @param cumulativeLost lost since the beginning, signed 24 bits; duplicates make it fall
 * @param highestSequence 16 bits of wrap count, then the highest sequence number, as one unsigned 32-bit value
 * @param jitterTicks interarrival jitter in ticks of the codec's clock
 * @param lastSenderReport the middle 32 bits of the last sender report's NTP time, 0 when there was none
 * @param delaySinceLastSenderReport in 1/65536 s, 0 when there was none
 */
public record ReceptionReport(
        int fractionLost,
        int cumulativeLost,
        long highestSequence,
        long jitterTicks,
        int lastSenderReport,
        int delaySinceLastSenderReport) {}
