package dev.notecast.rtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The first 80 bits of the HMAC-SHA1 of a packet and a word that follows it (RFC 3711 §4.2.1). */
final class HmacSha1Tag {
    static final int LENGTH = 10;
    private static final int DIGEST_LENGTH = 20;

    private final Mac mac;
    private final byte[] word = new byte[4];
    private final byte[] digest = new byte[DIGEST_LENGTH];

    HmacSha1Tag(SessionKeys keys) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JVM has no HMAC-SHA1", e);
        }
    }

    /** Computes the tag; it is kept until the next call. */
    void compute(byte[] packet, int offset, int length, int lastWord) {
        Wire.putI32(word, 0, lastWord);
        mac.update(packet, offset, length);
        mac.update(word);
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 failed", e);
        }
    }

    void write(byte[] packet, int offset) {
        System.arraycopy(digest, 0, packet, offset, LENGTH);
    }

    /** Takes as long for any wrong tag. */
    boolean matches(byte[] packet, int offset) {
        int difference = 0;
        for (int i = 0; i < LENGTH; i++) {
            difference |= digest[i] ^ packet[offset + i];
        }
        return difference == 0;
    }
}
