package dev.notecast.bench;

import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** What a peer does with its media, on its loop's thread. */
interface Media {
    void rtpReceived(RtpPacket packet, long arrivalNanos);

    /** Whether the clear header of an RTP packet is enough: then it is neither authenticated nor decrypted. */
    default boolean takesHeaderOnly(ByteBuf packet) {
        return false;
    }

    void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos);

    /** Called about every 10 ms while the peer is connected. */
    void tick(long nowNanos);
}
