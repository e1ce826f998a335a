package dev.notecast.bench;

import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.List;

/** What a peer does with its media, on its loop's thread. */
interface Media {
    void rtpReceived(RtpPacket packet, long arrivalNanos);

    void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos);

    /** Called about every 10 ms while the peer is connected. */
    void tick(long nowNanos);
}
