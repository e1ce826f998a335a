package dev.notecast.rtc.srtp;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with the IVs of SRTP: one cipher that only ever sees one key, since changing it is slow. */
final class AesGcm {
    static final int TAG_LENGTH = 16;

    private final Cipher cipher;
    private final int mode;
    private final Key key;
    private final byte[] salt;
    private final byte[] iv;
    private int lastSsrc;
    private long lastIndex = -1;

    /** @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE} */
    AesGcm(SessionKeys keys, int mode) {
        this.mode = mode;
        key = new SecretKeySpec(keys.encryption(), "AES");
        salt = keys.salt();
        iv = salt.clone();
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no AES-GCM", e);
        }
    }

    /** Begins a packet; what it authenticates without encrypting comes next, then {@link #finish}. */
    void start(int ssrc, long index) {
        if (mode == Cipher.ENCRYPT_MODE && ssrc == lastSsrc && index == lastIndex) {
            initialise(ssrc, index ^ 1); // a resend, and the JVM's cipher refuses the same IV twice running
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

    void authenticate(byte[] data, int offset, int length) {
        cipher.updateAAD(data, offset, length);
    }

    /** Encrypts and adds the tag, or checks the tag and decrypts; the new length or {@link PacketTransform#FORGED}. */
    int finish(byte[] packet, int offset, int length) {
        try {
            return cipher.doFinal(packet, offset, length, packet, offset);
        } catch (AEADBadTagException e) {
            return PacketTransform.FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }
}
