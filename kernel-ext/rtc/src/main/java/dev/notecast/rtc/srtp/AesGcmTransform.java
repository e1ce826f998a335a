package dev.notecast.rtc.srtp;

import javax.crypto.Cipher;

/** AEAD_AES_128_GCM (RFC 7714). */
final class AesGcmTransform implements PacketTransform {
    private final AesGcm rtp;
    private final AesGcm rtcp;
    private final byte[] trailerBytes = new byte[TRAILER_LENGTH];

    AesGcmTransform(SessionKeys rtpKeys, SessionKeys rtcpKeys, boolean sealing) {
        int mode = sealing ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        rtp = new AesGcm(rtpKeys, mode);
        rtcp = new AesGcm(rtcpKeys, mode);
    }

    @Override
    public int sealRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        rtp.start(ssrc, index);
        rtp.authenticate(packet, offset, headerLength);
        return headerLength + rtp.finish(packet, offset + headerLength, length - headerLength);
    }

    @Override
    public int openRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        rtp.start(ssrc, index);
        rtp.authenticate(packet, offset, headerLength);
        int opened = rtp.finish(packet, offset + headerLength, length - headerLength);
        return opened == FORGED ? FORGED : headerLength + opened;
    }

    @Override
    public int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index) {
        Wire.putI32(trailerBytes, 0, ENCRYPTED | index);
        rtcp.start(ssrc, index);
        rtcp.authenticate(packet, offset, RTCP_HEADER_LENGTH);
        rtcp.authenticate(trailerBytes, 0, TRAILER_LENGTH);
        int sealed = RTCP_HEADER_LENGTH + rtcp.finish(packet, offset + RTCP_HEADER_LENGTH, length - RTCP_HEADER_LENGTH);
        System.arraycopy(trailerBytes, 0, packet, offset + sealed, TRAILER_LENGTH);
        return sealed + TRAILER_LENGTH;
    }

    @Override
    public int trailerOffset(int length) {
        return length - TRAILER_LENGTH;
    }

    @Override
    public int openRtcp(byte[] packet, int offset, int length, int ssrc, int trailer) {
        int sealed = length - TRAILER_LENGTH;
        // RFC 7714 §9.3: without the E-flag all is associated data and nothing is encrypted.
        int clear = (trailer & ENCRYPTED) != 0 ? RTCP_HEADER_LENGTH : sealed - AesGcm.TAG_LENGTH;
        rtcp.start(ssrc, trailer & ~ENCRYPTED);
        rtcp.authenticate(packet, offset, clear);
        rtcp.authenticate(packet, offset + sealed, TRAILER_LENGTH);
        int opened = rtcp.finish(packet, offset + clear, sealed - clear);
        return opened == FORGED ? FORGED : clear + opened;
    }
}
