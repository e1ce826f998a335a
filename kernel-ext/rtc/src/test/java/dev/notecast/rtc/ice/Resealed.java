package dev.notecast.rtc.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Changes a message and seals it again as RFC 8489 §14.5 says, with no help from the code under test. */
final class Resealed {
    private static final int SEALS = 24 + 8; // integrity and fingerprint at the end

    private Resealed() {}

    /** Gives the first attribute another type; the result has no fingerprint. */
    static byte[] withType(byte[] message, int type, String pwd) {
        byte[] changed = Arrays.copyOf(message, message.length - 8);
        ByteBuffer buffer = ByteBuffer.wrap(changed);
        buffer.putShort(2, (short) (changed.length - 20)).putShort(20, (short) type);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(pwd.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            mac.update(changed, 0, message.length - SEALS);
            buffer.put(changed.length - 20, mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return changed;
    }
}
