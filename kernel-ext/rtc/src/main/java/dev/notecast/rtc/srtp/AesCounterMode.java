package dev.notecast.rtc.srtp;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode with the IVs of SRTP: one cipher that only ever sees one key, since changing it is slow. */
final class AesCounterMode {
    private final Cipher cipher;
    private final Key key;
    private final byte[] salt;
    private final byte[] iv;

    AesCounterMode(SessionKeys keys) {
        key = new SecretKeySpec(keys.encryption(), "AES");
        salt = keys.salt();
        iv = Arrays.copyOf(salt, 16); // the last two bytes count blocks
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no AES in counter mode", e);
        }
    }

    /** Encrypts or decrypts in place, which is the same. */
    void apply(byte[] packet, int offset, int length, int ssrc, long index) {
        // RFC 3711 §4.1.1: IV = salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16
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
}
