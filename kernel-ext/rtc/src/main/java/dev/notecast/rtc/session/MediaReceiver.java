package dev.notecast.rtc.session;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.RtcpCompound;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.srtp.SrtpReceiver;
import java.util.List;

/** Makes RTP and RTCP of the peer's datagrams, and counts those that are none. One thread. */
final class MediaReceiver {
    private final SrtpReceiver srtp;
    private final SessionOutput output;
    private long undecryptable;
    private long malformed;

    MediaReceiver(SrtpReceiver srtp, SessionOutput output) {
        this.srtp = srtp;
        this.output = output;
    }

    /** Takes a datagram, decrypted in place; false when it is not the peer's. */
    boolean receiveRtp(byte[] data, int length, long nowNanos) {
        int clear = srtp.unprotectRtp(data, 0, length);
        if (clear < 0) {
            undecryptable++;
            return false;
        }
        switch (RtpPacket.parse(data, 0, clear)) {
            case ParseResult.Ok<RtpPacket>(RtpPacket packet) -> output.rtpReceived(packet, nowNanos);
            case ParseResult.Malformed<RtpPacket> bad -> malformed++;
        }
        return true;
    }

    /** Takes a datagram, decrypted in place. */
    void receiveRtcp(byte[] data, int length, long nowNanos) {
        int clear = srtp.unprotectRtcp(data, 0, length);
        if (clear < 0) {
            undecryptable++;
            return;
        }
        switch (RtcpCompound.parse(data, 0, clear)) {
            case ParseResult.Ok<List<RtcpPacket>>(List<RtcpPacket> packets) -> output.rtcpReceived(packets, nowNanos);
            case ParseResult.Malformed<List<RtcpPacket>> bad -> malformed++;
        }
    }

    /** Datagrams that failed authentication, were replayed or came from too many SSRCs. */
    long undecryptable() {
        return undecryptable;
    }

    /** Datagrams that decrypted to something that is no RTP or RTCP. */
    long malformed() {
        return malformed;
    }
}
