package dev.notecast.rtc.srtp;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.Objects;

/**
 * Protects what a session sends, in place in the caller's array (RFC 3711, RFC 7714). Used by one thread at a time.
 *
 * <p>Each method returns the new length, or the {@link SrtpError#code()} of what is wrong with the packet, which is then
 * unchanged. The array needs {@link #MAX_OVERHEAD} bytes of room behind the packet, otherwise the methods throw
 * {@link IndexOutOfBoundsException}.
 *
 * <p>A sequence number is used once per SSRC and rollover: two different packets under one number would give an
 * eavesdropper the authentication key (RFC 7714 §8.1). At most 64 SSRCs are sent with; they should start below 2^15, so
 * that losing the first packets does not hide a rollover from the receiver.
 */
public final class SrtpSender {
    /** By how many bytes a packet grows at most, RTP or RTCP, under any profile. */
    public static final int MAX_OVERHEAD = 20;

    private final SrtpProfile profile;
    private final PacketTransform transform;
    private final ReplayWindows rtp = new ReplayWindows();
    private final ReplayWindows rtcp = new ReplayWindows();

    public SrtpSender(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        this.profile = profile;
        transform = PacketTransform.sealing(profile, masterKey, masterSalt);
    }

    /** Protects an RTP packet; {@link SrtpError#REPLAYED} when its sequence number was used before or is far behind. */
    public int protectRtp(byte[] buffer, int offset, int length) {
        return protectRtp(buffer, offset, length, false);
    }

    /**
     * Protects an RTP packet again that was protected before, and gives the same bytes again, to answer a NACK. Every
     * byte of the clear packet must be the same as the first time, header extensions included; a packet that differs
     * anywhere needs a sequence number of its own (RTX, RFC 4588).
     */
    public int protectRtpResend(byte[] buffer, int offset, int length) {
        return protectRtp(buffer, offset, length, true);
    }

    private int protectRtp(byte[] buffer, int offset, int length, boolean resend) {
        Objects.checkFromIndexSize(offset, length + profile.rtpOverhead(), buffer.length);
        int headerLength = RtpPacket.headerLength(buffer, offset, length);
        if (headerLength < 0) {
            return SrtpError.MALFORMED.code();
        }
        int ssrc = Wire.i32(buffer, offset + 8);
        ReplayWindow sent = rtp.find(ssrc);
        if (sent == null) {
            if (rtp.isFull()) {
                return SrtpError.TOO_MANY_SSRCS.code();
            }
            sent = rtp.add(ssrc);
        }
        long index = PacketIndex.estimate(Wire.u16(buffer, offset + 2), sent.highest());
        if (index > PacketIndex.MAX_RTP) {
            return SrtpError.KEYS_EXHAUSTED.code();
        }
        if (!resend && !sent.isUnused(index)) {
            return SrtpError.REPLAYED.code();
        }
        sent.markUsed(index);
        return transform.sealRtp(buffer, offset, length, headerLength, ssrc, index);
    }

    /** Protects a compound or reduced-size RTCP packet and numbers it. */
    public int protectRtcp(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length + profile.rtcpOverhead(), buffer.length);
        if (length < PacketTransform.RTCP_HEADER_LENGTH) {
            return SrtpError.MALFORMED.code();
        }
        int ssrc = Wire.i32(buffer, offset + 4);
        ReplayWindow sent = rtcp.find(ssrc);
        if (sent == null) {
            if (rtcp.isFull()) {
                return SrtpError.TOO_MANY_SSRCS.code();
            }
            sent = rtcp.add(ssrc);
        }
        long index = sent.highest() + 1;
        if (index > PacketIndex.MAX_RTCP) {
            return SrtpError.KEYS_EXHAUSTED.code();
        }
        sent.markUsed(index);
        return transform.sealRtcp(buffer, offset, length, ssrc, (int) index);
    }

    /** Never shows key material. */
    @Override
    public String toString() {
        return "SrtpSender[" + profile + ", " + rtp.size() + " SSRCs]";
    }
}
