package dev.notecast.media.webrtc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Makes session ids that nobody can guess, and the short names that stand for them where everybody may look. */
final class SessionIds {
    private static final int ID_BYTES = 16; // 128 bits
    private static final int SHORT_BYTES = 4; // of thousands of sessions hardly ever two are called the same

    private final SecureRandom random = new SecureRandom();

    String next() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A digest's first characters: names a session in tables and logs, does not open it. */
    static String shorten(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, SHORT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
