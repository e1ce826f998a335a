package dev.notecast.media.transport;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.List;

/** What a WebRTC session does with its media; every call comes on the session's event loop and must not block. */
public interface SessionHandler {
    /** Media may be sent from now on. */
    void connected();

    void rtpReceived(RtpPacket packet, long arrivalNanos);

    void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos);

    /** The least time between two calls of {@link #tick}; who needs few of them costs little in a crowd. */
    default long tickNanos() {
        return 0;
    }

    /** Called about every {@link WebRtcTransports#TICK}, or {@link #tickNanos}, while the session is connected. */
    void tick(long nowNanos);

    /** What its tracks have carried, in the order of their index. */
    default List<TrackStatistics> trackStatistics() {
        return List.of();
    }

    /** The session is over; no other call follows. */
    void closed(String reason);
}
