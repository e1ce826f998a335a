package dev.notecast.rtc.srtp;

import dev.notecast.rtc.srtp.KeyDerivation.Label;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711 §4): encrypt, then authenticate with 80 bits, in SRTCP as well. */
final class AesCmTransform implements PacketTransform {
    private static final int TAG_LENGTH = 10;

    private final Half rtp;
    private final Half rtcp;

    AesCmTransform(byte[] masterKey, byte[] masterSalt) {
        rtp = new Half(masterKey, masterSalt, Label.RTP_ENCRYPTION, Label.RTP_AUTHENTICATION, Label.RTP_SALT);
        rtcp = new Half(masterKey, masterSalt, Label.RTCP_ENCRYPTION, Label.RTCP_AUTHENTICATION, Label.RTCP_SALT);
    }

    @Override
    public int sealRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        rtp.encrypt(packet, offset + headerLength, length - headerLength, ssrc, index);
        rtp.authenticate(packet, offset, length, (int) (index >> 16));
        System.arraycopy(rtp.tag, 0, packet, offset + length, TAG_LENGTH);
        return length + TAG_LENGTH;
    }

    @Override
    public int openRtp(byte[] packet, int offset, int length, int headerLength, int ssrc, long index) {
        int clearLength = length - TAG_LENGTH;
        rtp.authenticate(packet, offset, clearLength, (int) (index >> 16));
        if (!rtp.tagEquals(packet, offset + clearLength)) {
            return FORGED;
        }
        rtp.encrypt(packet, offset + headerLength, clearLength - headerLength, ssrc, index);
        return clearLength;
    }

    @Override
    public int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index) {
        rtcp.encrypt(packet, offset + RTCP_HEADER_LENGTH, length - RTCP_HEADER_LENGTH, ssrc, index);
        rtcp.authenticate(packet, offset, length, ENCRYPTED | index);
        Wire.putI32(packet, offset + length, ENCRYPTED | index);
        System.arraycopy(rtcp.tag, 0, packet, offset + length + TRAILER_LENGTH, TAG_LENGTH);
        return length + TRAILER_LENGTH + TAG_LENGTH;
    }

    @Override
    public int trailerOffset(int length) {
        return length - TAG_LENGTH - TRAILER_LENGTH;
    }

    @Override
    public int openRtcp(byte[] packet, int offset, int length, int ssrc, int trailer) {
        int clearLength = length - TAG_LENGTH - TRAILER_LENGTH;
        rtcp.authenticate(packet, offset, clearLength, trailer);
        if (!rtcp.tagEquals(packet, offset + clearLength + TRAILER_LENGTH)) {
            return FORGED;
        }
        if ((trailer & ENCRYPTED) != 0) {
            int secret = clearLength - RTCP_HEADER_LENGTH;
            rtcp.encrypt(packet, offset + RTCP_HEADER_LENGTH, secret, ssrc, trailer & ~ENCRYPTED);
        }
        return clearLength;
    }

    /** Cipher and MAC of either SRTP or SRTCP; their keys differ, and a cipher changes keys slowly. */
    private static final class Half {
        private static final int AUTHENTICATION_KEY_LENGTH = 20;

        private final Cipher cipher;
        private final Mac mac;
        private final Key key;
        private final byte[] salt;
        private final byte[] iv;
        private final byte[] word = new byte[4];
        final byte[] tag = new byte[20]; // all of the SHA-1; the packet carries the beginning

        Half(byte[] masterKey, byte[] masterSalt, Label keyLabel, Label macLabel, Label saltLabel) {
            key = new SecretKeySpec(KeyDerivation.derive(masterKey, masterSalt, keyLabel, masterKey.length), "AES");
            salt = KeyDerivation.derive(masterKey, masterSalt, saltLabel, masterSalt.length);
            iv = Arrays.copyOf(salt, 16);
            try {
                cipher = Cipher.getInstance("AES/CTR/NoPadding");
                mac = Mac.getInstance("HmacSHA1");
                byte[] macKey = KeyDerivation.derive(masterKey, masterSalt, macLabel, AUTHENTICATION_KEY_LENGTH);
                mac.init(new SecretKeySpec(macKey, "HmacSHA1"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JVM has no AES in counter mode or no HMAC-SHA1", e);
            }
        }

        // RFC 3711 §4.1.1: IV = salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16; decrypting is the same
        void encrypt(byte[] packet, int offset, int length, int ssrc, long index) {
            for (int i = 0; i < 4; i++) {
                iv[4 + i] = (byte) (salt[4 + i] ^ ssrc >> 24 - 8 * i);
            }
            for (int i = 0; i < 6; i++) {
                iv[8 + i] = (byte) (salt[8 + i] ^ index >> 40 - 8 * i);
            }
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
                cipher.doFinal(packet, offset, length, packet, offset);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES in counter mode failed", e);
            }
        }

        /** Puts the tag of the packet and a word that follows it into {@link #tag}. */
        void authenticate(byte[] packet, int offset, int length, int lastWord) {
            Wire.putI32(word, 0, lastWord);
            mac.update(packet, offset, length);
            mac.update(word);
            try {
                mac.doFinal(tag, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HMAC-SHA1 failed", e);
            }
        }

        /** Takes as long for any wrong tag. */
        boolean tagEquals(byte[] packet, int offset) {
            int difference = 0;
            for (int i = 0; i < TAG_LENGTH; i++) {
                difference |= tag[i] ^ packet[offset + i];
            }
            return difference == 0;
        }
    }
}
