package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * BYE: these streams end (RFC 3550 §6.6). A reason given by the peer is skipped.
 *
 * @param ssrcs at most 31
 */
public record Goodbye(List<Integer> ssrcs) implements RtcpPacket {
    public Goodbye {
        ssrcs = Lists.copyOf(ssrcs, Lists.MAX_COUNT);
    }

    static ParseResult<RtcpPacket> parse(int count, ByteBuffer in) {
        if (in.remaining() < 4 * count) {
            return ParseResult.malformed("BYE shorter than its SSRCs");
        }
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(in.getInt());
        }
        return ParseResult.ok(new Goodbye(ssrcs));
    }

    void write(ByteBuffer out) {
        ssrcs.forEach(out::putInt);
    }
}
