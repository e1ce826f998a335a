package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;

/**
 * PLI: the decoder has lost the picture and needs a keyframe (RFC 4585 §6.3.1).
 *
 * @param mediaSsrc the stream to begin anew
 */
public record PictureLossIndication(int senderSsrc, int mediaSsrc) implements RtcpPacket {
    static ParseResult<RtcpPacket> parse(ByteBuffer in) {
        if (in.remaining() < 8) {
            return ParseResult.malformed("PLI shorter than 12 bytes");
        }
        return ParseResult.ok(new PictureLossIndication(in.getInt(), in.getInt()));
    }

    void write(ByteBuffer out) {
        out.putInt(senderSsrc).putInt(mediaSsrc);
    }
}
