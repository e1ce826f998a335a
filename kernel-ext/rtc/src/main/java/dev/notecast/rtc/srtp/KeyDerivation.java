package dev.notecast.rtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys from a master key with a key derivation rate of zero: once, at the start (RFC 3711 §4.3). */
final class KeyDerivation {
    private static final int BLOCK = 16;

    private KeyDerivation() {}

    /** What a session key is for, in the order of the labels of RFC 3711 §4.3.2. */
    enum Label {
        RTP_ENCRYPTION,
        RTP_AUTHENTICATION,
        RTP_SALT,
        RTCP_ENCRYPTION,
        RTCP_AUTHENTICATION,
        RTCP_SALT
    }

    /** @param masterSalt 14 bytes, or 12 that count as followed by zeros (RFC 7714 §11) */
    static byte[] derive(byte[] masterKey, byte[] masterSalt, Label label, int length) {
        byte[] x = Arrays.copyOf(masterSalt, BLOCK); // the low 16 bits are the counter
        x[7] ^= (byte) label.ordinal(); // key_id = label, then a 48-bit index that is zero
        try {
            Cipher prf = Cipher.getInstance("AES/CTR/NoPadding");
            prf.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(x));
            return prf.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no AES in counter mode", e);
        }
    }
}
