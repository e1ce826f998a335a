package dev.notecast.rtc.dtls;

import dev.notecast.rtc.io.ParseResult;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The hash of a DTLS certificate as in {@code a=fingerprint} (RFC 8122 §5).
 *
 * @param algorithm lower case, for example {@code sha-256}
 * @param value upper-case hex pairs joined by colons
 */
public record Fingerprint(String algorithm, String value) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    public static Fingerprint of(String algorithm, byte[] digest) {
        return new Fingerprint(algorithm, COLONS.formatHex(digest));
    }

    /** Parses the value of the attribute, {@code sha-256 AB:CD:..}. */
    public static ParseResult<Fingerprint> parse(String text) {
        String[] words = text.trim().split(" +");
        if (words.length != 2 || words[1].length() > 200) {
            return ParseResult.malformed("fingerprint is not 'algorithm hex'");
        }
        try {
            byte[] digest = COLONS.parseHex(words[1]);
            return ParseResult.ok(of(words[0].toLowerCase(Locale.ROOT), digest));
        } catch (IllegalArgumentException e) {
            return ParseResult.malformed("fingerprint is not pairs of hex digits");
        }
    }

    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
