package dev.notecast.media.webrtc;

import dev.notecast.media.egress.whep.WhepSession;
import dev.notecast.media.ingest.whip.WhipSession;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;

/** A publisher that gets a path's picture back over the same transport. */
record ExchangeSession(WhipSession inbound, WhepSession outbound) implements SessionHandler {
    @Override
    public void connected() {
        inbound.connected();
        outbound.connected();
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        inbound.rtpReceived(packet, arrivalNanos);
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
        inbound.rtcpReceived(packets, arrivalNanos);
        outbound.rtcpReceived(packets, arrivalNanos);
    }

    @Override
    public void tick(long nowNanos) {
        inbound.tick(nowNanos);
        outbound.tick(nowNanos);
    }

    /** What came, then what went back. */
    @Override
    public List<TrackStatistics> trackStatistics() {
        List<TrackStatistics> tracks = new ArrayList<>(inbound.trackStatistics());
        tracks.addAll(outbound.trackStatistics());
        return tracks;
    }

    @Override
    public void closed(String reason) {
        outbound.closed(reason);
        inbound.closed(reason);
    }
}
