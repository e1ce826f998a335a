package dev.notecast.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names the inline scripts or styles of a page in its Content-Security-Policy, so that no other inline one runs. */
final class InlineHashes {
    private InlineHashes() {}

    /**
     * Source expressions such as {@code 'sha256-..'}, separated by spaces (CSP3 §6.7.3.3).
     *
     * @param element {@code script} or {@code style}, written without attributes
     */
    static String of(String html, String element) {
        return Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(html)
                .results()
                .map(match -> "'sha256-" + digest(match.group(1)) + "'")
                .collect(Collectors.joining(" "));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
