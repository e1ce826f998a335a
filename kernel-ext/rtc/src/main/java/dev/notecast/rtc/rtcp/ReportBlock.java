package dev.notecast.rtc.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a receiver says of one stream (RFC 3550 §6.4.1).
 *
 * @param ssrc the stream
 * @param fractionLost since the last report, in 1/256, 0..255
 * @param cumulativeLost since the beginning, signed 24 bits; negative when duplicates outnumber losses
 * @param highestSequenceNumber with the number of wraps in the high 16 bits, unsigned 32 bits
 * @param jitterTicks in ticks of the RTP clock, unsigned 32 bits
 * @param lastSenderReport {@link NtpTime#compact()} of the last sender report, 0 for none
 * @param delaySinceLastSenderReport in 1/65536 s, unsigned 32 bits
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        long highestSequenceNumber,
        long jitterTicks,
        int lastSenderReport,
        long delaySinceLastSenderReport) {
    static final int LENGTH = 24;

    /**
     * The time from the sender to the receiver and back, in microseconds, or empty when this block answers no report.
     *
     * @param now when the block arrived, by the clock of the sender reports
     */
    public OptionalLong roundTripMicros(NtpTime now) {
        if (lastSenderReport == 0) {
            return OptionalLong.empty();
        }
        int units = now.compact() - lastSenderReport - (int) delaySinceLastSenderReport;
        return OptionalLong.of(Math.max(0, units) * 1_000_000L >> 16); // clocks may be a tick apart
    }

    static List<ReportBlock> parse(int count, ByteBuffer in) {
        List<ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int ssrc = in.getInt();
            int loss = in.getInt();
            blocks.add(new ReportBlock(
                    ssrc,
                    loss >>> 24,
                    loss << 8 >> 8,
                    Integer.toUnsignedLong(in.getInt()),
                    Integer.toUnsignedLong(in.getInt()),
                    in.getInt(),
                    Integer.toUnsignedLong(in.getInt())));
        }
        return blocks;
    }

    void write(ByteBuffer out) {
        out.putInt(ssrc)
                .putInt(fractionLost << 24 | cumulativeLost & 0xFFFFFF)
                .putInt((int) highestSequenceNumber)
                .putInt((int) jitterTicks)
                .putInt(lastSenderReport)
                .putInt((int) delaySinceLastSenderReport);
    }
}
