package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * REMB: the receiver thinks that no more than this fits through (draft-alvestrand-rmcat-remb-03).
 *
 * @param bitrateBps for all the streams together; written with 18 significant bits, rounded down
 * @param ssrcs the streams, at most 255
 */
public record ReceiverEstimatedMaxBitrate(int senderSsrc, long bitrateBps, List<Integer> ssrcs) implements RtcpPacket {
    static final int IDENTIFIER = 0x52454D42; // "REMB"
    private static final int MANTISSA_BITS = 18;
    private static final int MAX_SSRCS = 255;

    public ReceiverEstimatedMaxBitrate {
        ssrcs = Lists.copyOf(ssrcs, MAX_SSRCS);
    }

    /** Whether a PSFB packet of the application format is this one. */
    static boolean isIn(ByteBuffer in) {
        return in.remaining() >= 12 && in.getInt(in.position() + 8) == IDENTIFIER;
    }

    static ParseResult<RtcpPacket> parse(ByteBuffer in) {
        if (in.remaining() < 16) {
            return ParseResult.malformed("REMB without a bitrate");
        }
        int senderSsrc = in.getInt();
        in.getInt(); // media SSRC: unused
        in.getInt(); // identifier
        int word = in.getInt();
        int count = word >>> 24;
        int exponent = word >> MANTISSA_BITS & 0x3F;
        long mantissa = word & (1 << MANTISSA_BITS) - 1;
        if (in.remaining() < 4 * count) {
            return ParseResult.malformed("REMB shorter than its SSRCs");
        }
        boolean fits = mantissa == 0 || exponent < Long.numberOfLeadingZeros(mantissa);
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(in.getInt());
        }
        return ParseResult.ok(
                new ReceiverEstimatedMaxBitrate(senderSsrc, fits ? mantissa << exponent : Long.MAX_VALUE, ssrcs));
    }

    void write(ByteBuffer out) {
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitrateBps) - MANTISSA_BITS);
        out.putInt(senderSsrc).putInt(0).putInt(IDENTIFIER);
        out.putInt(ssrcs.size() << 24 | exponent << MANTISSA_BITS | (int) (bitrateBps >> exponent));
        ssrcs.forEach(out::putInt);
    }
}
