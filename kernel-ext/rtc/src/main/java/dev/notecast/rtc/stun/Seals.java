package dev.notecast.rtc.stun;

import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The attributes computed over the message before them: MESSAGE-INTEGRITY, its SHA-256 form, and FINGERPRINT. */
final class Seals {
    static final int INTEGRITY_LENGTH = 20;
    static final int SHA256_LENGTH = 32;
    static final int MIN_SHA256_LENGTH = 16;
    static final int FINGERPRINT_LENGTH = 4;

    private Seals() {}

    /**
     * RFC 8489 §14.5: HMAC-SHA1 over everything before the attribute, as if the message ended with the attribute.
     *
     * @param offset where the message begins in {@code data}
     * @param at where the attribute's header is or will be
     */
    static byte[] integrity(byte[] key, byte[] data, int offset, int at) {
        return hmac("HmacSHA1", key, data, offset, at, INTEGRITY_LENGTH);
    }

    /**
     * RFC 8489 §14.6: as {@link #integrity}, with HMAC-SHA256.
     *
     * @param sealLength what the message keeps of the 32 bytes, which the length in the header counts
     */
    static byte[] integritySha256(byte[] key, byte[] data, int offset, int at, int sealLength) {
        return hmac("HmacSHA256", key, data, offset, at, sealLength);
    }

    private static byte[] hmac(String algorithm, byte[] key, byte[] data, int offset, int at, int sealLength) {
        int length = at + 4 + sealLength - offset - StunMessage.HEADER_LENGTH;
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            mac.update(data, offset, 2);
            mac.update((byte) (length >> 8));
            mac.update((byte) length);
            mac.update(data, offset + 4, at - offset - 4);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** RFC 8489 §14.7; the length in the header must already count the attribute, which is the last one. */
    static int fingerprint(byte[] data, int offset, int at) {
        CRC32 crc = new CRC32();
        crc.update(data, offset, at - offset);
        return (int) crc.getValue() ^ 0x5354554E; // "STUN", to differ from other protocols' CRCs
    }
}
