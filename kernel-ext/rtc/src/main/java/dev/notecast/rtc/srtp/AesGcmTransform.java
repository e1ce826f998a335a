package dev.notecast.rtc.srtp;

import dev.notecast.rtc.srtp.KeyDerivation.Label;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_128_GCM (RFC 7714). */
final class AesGcmTransform implements PacketTransform {
    private static final int TAG_LENGTH = 16;

    private final Half rtp;
    private final Half rtcp;
    private final byte[] trailerBytes = new byte[TRAILER_LENGTH];

    AesGcmTransform(byte[] masterKey, byte[] masterSalt, boolean sealing) {
        int mode = sealing ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
        rtp = new Half(masterKey, masterSalt, Label.RTP_ENCRYPTION, Label.RTP_SALT, mode);
        rtcp = new Half(masterKey, masterSalt, Label.RTCP_ENCRYPTION, Label.RTCP_SALT, mode);
    }

    @Override
    public int sealRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        rtp.start(ssrc, index);
        rtp.cipher.updateAAD(packet, offset, headerLength);
        return headerLength + rtp.finish(packet, offset + headerLength, length - headerLength);
    }

    @Override
    public int openRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        rtp.start(ssrc, index);
        rtp.cipher.updateAAD(packet, offset, headerLength);
        int opened = rtp.finish(packet, offset + headerLength, length - headerLength);
        return opened == FORGED ? FORGED : headerLength + opened;
    }

    @Override
    public int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index) {
        Wire.putI32(trailerBytes, 0, ENCRYPTED | index);
        rtcp.start(ssrc, index);
        rtcp.cipher.updateAAD(packet, offset, RTCP_HEADER_LENGTH);
        rtcp.cipher.updateAAD(trailerBytes);
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
        int clear = (trailer & ENCRYPTED) != 0 ? RTCP_HEADER_LENGTH : sealed - TAG_LENGTH;
        rtcp.start(ssrc, trailer & ~ENCRYPTED);
        rtcp.cipher.updateAAD(packet, offset, clear);
        rtcp.cipher.updateAAD(packet, offset + sealed, TRAILER_LENGTH);
        int opened = rtcp.finish(packet, offset + clear, sealed - clear);
        return opened == FORGED ? FORGED : clear + opened;
    }

    /** The cipher of either SRTP or SRTCP; their keys differ, and a cipher changes keys slowly. */
    private static final class Half {
        final Cipher cipher;
        private final int mode;
        private final Key key;
        private final byte[] salt;
        private final byte[] iv;
        private int lastSsrc;
        private long lastIndex = -1;

        Half(byte[] masterKey, byte[] masterSalt, Label keyLabel, Label saltLabel, int mode) {
            this.mode = mode;
            key = new SecretKeySpec(KeyDerivation.derive(masterKey, masterSalt, keyLabel, masterKey.length), "AES");
            salt = KeyDerivation.derive(masterKey, masterSalt, saltLabel, masterSalt.length);
            iv = salt.clone();
            try {
                cipher = Cipher.getInstance("AES/GCM/NoPadding");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JVM has no AES-GCM", e);
            }
        }

        void start(int ssrc, long index) {
            if (mode == Cipher.ENCRYPT_MODE && ssrc == lastSsrc && index == lastIndex) {
                initialise(ssrc, index ^ 1); // the JVM's cipher refuses the same IV twice running, and this is a resend
            }
            initialise(ssrc, index);
            lastSsrc = ssrc;
            lastIndex = index;
        }

        // RFC 7714 §8.1 and §9.1: two zero bytes, SSRC, 48-bit index, all XORed with the salt
        private void initialise(int ssrc, long index) {
            for (int i = 0; i < 4; i++) {
                iv[2 + i] = (byte) (salt[2 + i] ^ ssrc >> 24 - 8 * i);
            }
            for (int i = 0; i < 6; i++) {
                iv[6 + i] = (byte) (salt[6 + i] ^ index >> 40 - 8 * i);
            }
            try {
                cipher.init(mode, key, new GCMParameterSpec(8 * TAG_LENGTH, iv));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM refused a key of its own", e);
            }
        }

        int finish(byte[] packet, int offset, int length) {
            try {
                return cipher.doFinal(packet, offset, length, packet, offset);
            } catch (AEADBadTagException e) {
                return FORGED;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM failed", e);
            }
        }
    }
}
