package dev.notecast.rtc.srtp;

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711 §4): encrypt, then authenticate with 80 bits, in SRTCP as well. */
final class AesCmTransform implements PacketTransform {
    private final AesCounterMode rtpCipher;
    private final HmacSha1Tag rtpTag;
    private final AesCounterMode rtcpCipher;
    private final HmacSha1Tag rtcpTag;

    AesCmTransform(SessionKeys rtp, SessionKeys rtcp) {
        rtpCipher = new AesCounterMode(rtp);
        rtpTag = new HmacSha1Tag(rtp);
        rtcpCipher = new AesCounterMode(rtcp);
        rtcpTag = new HmacSha1Tag(rtcp);
    }

    @Override
    public int sealRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        rtpCipher.apply(packet, offset + headerLength, length - headerLength, ssrc, index);
        rtpTag.compute(packet, offset, length, rolloverCounter(index));
        rtpTag.write(packet, offset + length);
        return length + HmacSha1Tag.LENGTH;
    }

    @Override
    public int openRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        int opened = length - HmacSha1Tag.LENGTH;
        rtpTag.compute(packet, offset, opened, rolloverCounter(index));
        if (!rtpTag.matches(packet, offset + opened)) {
            return FORGED;
        }
        rtpCipher.apply(packet, offset + headerLength, opened - headerLength, ssrc, index);
        return opened;
    }

    @Override
    public int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index) {
        rtcpCipher.apply(packet, offset + RTCP_HEADER_LENGTH, length - RTCP_HEADER_LENGTH, ssrc, index);
        rtcpTag.compute(packet, offset, length, ENCRYPTED | index);
        Wire.putI32(packet, offset + length, ENCRYPTED | index);
        rtcpTag.write(packet, offset + length + TRAILER_LENGTH);
        return length + TRAILER_LENGTH + HmacSha1Tag.LENGTH;
    }

    @Override
    public int trailerOffset(int length) {
        return length - HmacSha1Tag.LENGTH - TRAILER_LENGTH;
    }

    @Override
    public int openRtcp(byte[] packet, int offset, int length, int ssrc, int trailer) {
        int opened = trailerOffset(length);
        rtcpTag.compute(packet, offset, opened, trailer);
        if (!rtcpTag.matches(packet, offset + opened + TRAILER_LENGTH)) {
            return FORGED;
        }
        if ((trailer & ENCRYPTED) != 0) {
            int encrypted = opened - RTCP_HEADER_LENGTH;
            rtcpCipher.apply(packet, offset + RTCP_HEADER_LENGTH, encrypted, ssrc, trailer & ~ENCRYPTED);
        }
        return opened;
    }

    private static int rolloverCounter(long index) {
        return (int) (index >> 16);
    }
}
