package dev.notecast.rtc.ice;

import dev.notecast.rtc.io.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * One side's {@code a=ice-ufrag} and {@code a=ice-pwd} (RFC 8839 §5.4).
 *
 * @param ufrag 4 to 256 ice-chars: letters, digits, plus, slash
 * @param pwd 22 to 256 ice-chars
 */
public record IceCredentials(String ufrag, String pwd) {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int UFRAG_LENGTH = 8; // 48 bits: unique among all sessions of a server
    private static final int PWD_LENGTH = 24; // 144 bits, where RFC 8445 §5.3 asks for 128

    /** @throws IllegalArgumentException when either is not as described; use {@link #parse} for a peer's */
    public IceCredentials {
        String problem = problem(ufrag, pwd);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Checks what a peer signalled. */
    public static ParseResult<IceCredentials> parse(String ufrag, String pwd) {
        String problem = problem(ufrag, pwd);
        return problem == null ? ParseResult.ok(new IceCredentials(ufrag, pwd)) : ParseResult.malformed(problem);
    }

    /** Makes new ones; {@code random} is a {@link java.security.SecureRandom} outside of tests. */
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(randomText(random, UFRAG_LENGTH), randomText(random, PWD_LENGTH));
    }

    /** The key of MESSAGE-INTEGRITY (RFC 8445 §7.2.2): ice-chars need no further preparation. */
    byte[] key() {
        return pwd.getBytes(StandardCharsets.US_ASCII);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }

    private static String problem(String ufrag, String pwd) {
        if (!isIceText(ufrag, 4, 256)) {
            return "ice-ufrag is not 4 to 256 letters, digits, '+' or '/'";
        }
        return isIceText(pwd, 22, 256) ? null : "ice-pwd is not 22 to 256 letters, digits, '+' or '/'";
    }

    static boolean isIceText(String text, int minLength, int maxLength) {
        return text.length() >= minLength
                && text.length() <= maxLength
                && text.chars().allMatch(c -> ICE_CHARS.indexOf(c) >= 0);
    }

    private static String randomText(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
    }
}
