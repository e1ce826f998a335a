package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtp.SequenceNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Generic NACK: these packets are missing, please send them again (RFC 4585 §6.2.1).
 *
 * @param mediaSsrc the stream they are missing from
 * @param lost 16-bit sequence numbers; the packet is smallest when they ascend around the wrap
 */
public record Nack(int senderSsrc, int mediaSsrc, List<Integer> lost) implements RtcpPacket {
    private static final int BITMASK_LENGTH = 16;

    public Nack {
        lost = List.copyOf(lost);
    }

    static ParseResult<RtcpPacket> parse(ByteBuffer in) {
        if (in.remaining() < 12 || in.remaining() % 4 != 0) {
            return ParseResult.malformed("NACK is not a list of 4-byte entries");
        }
        int senderSsrc = in.getInt();
        int mediaSsrc = in.getInt();
        List<Integer> lost = new ArrayList<>();
        while (in.hasRemaining()) {
            // PID, then BLP whose bit i (from the least significant) is PID + i + 1
            int pid = in.getShort() & 0xFFFF;
            int blp = in.getShort() & 0xFFFF;
            lost.add(pid);
            for (; blp != 0; blp &= blp - 1) {
                lost.add(SequenceNumbers.add(pid, Integer.numberOfTrailingZeros(blp) + 1));
            }
        }
        return ParseResult.ok(new Nack(senderSsrc, mediaSsrc, lost));
    }

    void write(ByteBuffer out) {
        out.putInt(senderSsrc).putInt(mediaSsrc);
        for (int i = 0; i < lost.size(); ) {
            int pid = lost.get(i++);
            int blp = 0;
            for (; i < lost.size(); i++) {
                int distance = SequenceNumbers.difference(lost.get(i), pid);
                if (distance < 1 || distance > BITMASK_LENGTH) {
                    break;
                }
                blp |= 1 << distance - 1;
            }
            out.putShort((short) pid).putShort((short) blp);
        }
    }
}
