package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * RR: how streams arrive at someone who sends none (RFC 3550 §6.4.2).
 *
 * @param reports at most 31
 */
public record ReceiverReport(int senderSsrc, List<ReportBlock> reports) implements RtcpPacket {
    public ReceiverReport {
        reports = Lists.copyOf(reports, Lists.MAX_COUNT);
    }

    static ParseResult<RtcpPacket> parse(int count, ByteBuffer in) {
        if (in.remaining() < 4 + count * ReportBlock.LENGTH) {
            return ParseResult.malformed("RR shorter than its report blocks");
        }
        return ParseResult.ok(new ReceiverReport(in.getInt(), ReportBlock.parse(count, in)));
    }

    void write(ByteBuffer out) {
        out.putInt(senderSsrc);
        reports.forEach(report -> report.write(out));
    }
}
