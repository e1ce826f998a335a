package dev.notecast.rtc.stun;

import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two attributes computed over the message before them: MESSAGE-INTEGRITY and FINGERPRINT. */
final class Seals {
    static final int INTEGRITY_LENGTH = 20;
    static final int FINGERPRINT_LENGTH = 4;

    private Seals() {}

    /**
     * RFC 8489 §14.5: HMAC-SHA1 over everything before the attribute, as if the message ended with the attribute.
     *
     * @param offset where the message begins in {@code data}
     * @param at where the attribute's header is or will be
     */
    static byte[] integrity(byte[] key, byte[] data, int offset, int at) {
        int length = at + 4 + INTEGRITY_LENGTH - offset - StunMessage.HEADER_LENGTH;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            mac.update(data, offset, 2);
            mac.update((byte) (length >> 8));
            mac.update((byte) length);
            mac.update(data, offset + 4, at - offset - 4);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }

    /** RFC 8489 §14.7; the length in the header must already count the attribute, which is the last one. */
    static int fingerprint(byte[] data, int offset, int at) {
        CRC32 crc = new CRC32();
        crc.update(data, offset, at - offset);
        return (int) crc.getValue() ^ 0x5354554E; // "STUN", to differ from other protocols' CRCs
    }
}
