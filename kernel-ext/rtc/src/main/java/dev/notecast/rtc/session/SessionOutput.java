package dev.notecast.rtc.session;

import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.util.List;

/** What a {@link PeerSession} wants done; called from inside its methods, on the caller's thread. */
public interface SessionOutput {
    /** Sends a datagram; the array is only lent for the call. */
    void transmit(byte[] data, int offset, int length, LocalSocket local, InetSocketAddress remote);

    /** A check goes to {@code remote}: its answer, from there, is this session's. */
    void checking(LocalSocket local, InetSocketAddress remote);

    /** The peer has proved to be at {@code remote}: datagrams from there are this session's. Called often. */
    void heardFrom(LocalSocket local, InetSocketAddress remote);

    /** An ICE generation is over: checks that name this ufrag are nobody's from now on. */
    void iceEnded(String localUfrag);

    /** The path to the peer works, so the DTLS handshake may begin. Called once. */
    void startDtls();

    /** A DTLS datagram from the peer, after {@link #startDtls()}; the array is the receiver's. */
    void dtlsReceived(byte[] datagram);

    /** Keys are there: media may be sent. Called once. */
    void connected();

    /** A packet of the peer's, decrypted; it may be kept. */
    void rtpReceived(RtpPacket packet, long arrivalNanos);

    /** The packets of one RTCP datagram of the peer's, decrypted. */
    void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos);

    /** The session is over, for example {@code ICE: no answer for 30 s}. Called once, last. */
    void closed(String reason);
}
