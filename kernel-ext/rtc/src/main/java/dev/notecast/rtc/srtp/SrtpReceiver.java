package dev.notecast.rtc.srtp;

import dev.notecast.rtc.rtp.RtpPacket;

/**
 * Authenticates and decrypts what a session receives, in place in the caller's array (RFC 3711, RFC 7714). Used by one
 * thread at a time.
 *
 * <p>Each method returns the new, shorter length, or the {@link SrtpError#code()} of why the packet must be dropped; the
 * bytes of a packet that failed authentication may be gone. Never throws for what is in a packet.
 *
 * <p>Only packets that authenticate leave a trace: a stranger without the keys creates no state and moves no window. The
 * peer may use 64 SSRCs for RTP and as many for RTCP; none is forgotten, because its packets could be replayed then.
 */
public final class SrtpReceiver {
    private final SrtpProfile profile;
    private final PacketTransform transform;
    private final ReplayWindows rtp = new ReplayWindows();
    private final ReplayWindows rtcp = new ReplayWindows();

    public SrtpReceiver(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this.profile = profile;
        transform = PacketTransform.opening(profile, masterKey, masterSalt);
    }

    /** Unprotects an RTP packet. */
    public int unprotectRtp(byte[] buffer, int offset, int length) {
        int headerLength = RtpPacket.headerLength(buffer, offset, length - profile.rtpOverhead());
        if (headerLength < 0) {
            return SrtpError.MALFORMED.code();
        }
        int ssrc = Wire.i32(buffer, offset + 8);
        ReplayWindow received = rtp.find(ssrc);
        if (received == null && rtp.isFull()) {
            return SrtpError.TOO_MANY_SSRCS.code();
        }
        int sequenceNumber = Wire.u16(buffer, offset + 2);
        long index = PacketIndex.estimate(sequenceNumber, received == null ? -1 : received.highest());
        if (received != null && !received.isUnused(index)) {
            return SrtpError.REPLAYED.code();
        }
        int opened = transform.openRtp(buffer, offset, length, headerLength, ssrc, index);
        if (opened == PacketTransform.FORGED) {
            return SrtpError.AUTHENTICATION_FAILED.code();
        }
        if (received == null) {
            received = rtp.add(ssrc);
        }
        received.markUsed(index);
        return opened;
    }

    /** Unprotects an RTCP packet, encrypted or only authenticated. */
    public int unprotectRtcp(byte[] buffer, int offset, int length) {
        if (length < PacketTransform.RTCP_HEADER_LENGTH + profile.rtcpOverhead() || (buffer[offset] & 0xC0) != 0x80) {
            return SrtpError.MALFORMED.code();
        }
        int ssrc = Wire.i32(buffer, offset + 4);
        ReplayWindow received = rtcp.find(ssrc);
        if (received == null && rtcp.isFull()) {
            return SrtpError.TOO_MANY_SSRCS.code();
        }
        int trailer = Wire.i32(buffer, offset + transform.trailerOffset(length));
        int index = trailer & ~PacketTransform.ENCRYPTED;
        if (received != null && !received.isUnused(index)) {
            return SrtpError.REPLAYED.code();
        }
        int opened = transform.openRtcp(buffer, offset, length, ssrc, trailer);
        if (opened == PacketTransform.FORGED) {
            return SrtpError.AUTHENTICATION_FAILED.code();
        }
        if (received == null) {
            received = rtcp.add(ssrc);
        }
        received.markUsed(index);
        return opened;
    }

    /** Never shows key material. */
    @Override
    public String toString() {
        return "SrtpReceiver[" + profile + ", " + rtp.size() + " SSRCs]";
    }
}
