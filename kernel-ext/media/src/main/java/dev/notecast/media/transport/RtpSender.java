package dev.notecast.media.transport;

import dev.notecast.rtc.rtcp.RtcpPacket;
import java.util.List;

/** Where a session's packets go: protected and sent at once. */
public interface RtpSender {
    /** Sends a packet for the first time; {@code data} has room for SRTP's overhead behind it and is overwritten. */
    void sendRtp(byte[] data, int offset, int length);

    /** Sends a packet again, equal in every byte to the first time. */
    void resendRtp(byte[] data, int offset, int length);

    /** Sends what fits one datagram of 1200 bytes. */
    void sendRtcp(List<RtcpPacket> packets);
}
