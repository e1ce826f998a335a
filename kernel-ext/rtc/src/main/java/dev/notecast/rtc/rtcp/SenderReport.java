package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * SR: what a sender has sent, and which wall-clock time its timestamps stand for (RFC 3550 §6.4.1).
 *
 * @param ntpTime the wall clock at {@code rtpTimestamp}
 * @param packetCount RTP packets sent, modulo 2^32
 * @param octetCount payload bytes sent, modulo 2^32
 * @param reports at most 31
 */
public record SenderReport(
        int senderSsrc, NtpTime ntpTime, int rtpTimestamp, long packetCount, long octetCount, List<ReportBlock> reports)
        implements RtcpPacket {
    public SenderReport {
        reports = Lists.copyOf(reports, Lists.MAX_COUNT);
    }

    static ParseResult<RtcpPacket> parse(int count, ByteBuffer in) {
        if (in.remaining() < 24 + count * ReportBlock.LENGTH) {
            return ParseResult.malformed("SR shorter than its report blocks");
        }
        return ParseResult.ok(new SenderReport(
                in.getInt(),
                new NtpTime(in.getLong()),
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()),
                ReportBlock.parse(count, in)));
    }

    void write(ByteBuffer out) {
        out.putInt(senderSsrc)
                .putLong(ntpTime.bits())
                .putInt(rtpTimestamp)
                .putInt((int) packetCount)
                .putInt((int) octetCount);
        reports.forEach(report -> report.write(out));
    }
}
