package dev.notecast.server.access;

import dev.notecast.media.path.PathName;
import dev.notecast.rtc.io.ParseResult;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that carry their scope and their end, signed with a key that lives as long as the server: {@code
 * base64url(scope:expiry:path).base64url(HMAC-SHA-256)}. Any thread.
 */
final class ScopedTokens {
    private static final int MAX_LENGTH = 512; // of anything made here: a path has 259 characters at most
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** What a token that was made here says. */
    record Claim(Scope scope, Instant expiry) {}

    private final SecretKeySpec key;

    ScopedTokens() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "HmacSHA256");
    }

    String issue(Scope scope, Instant expiry) {
        String claim =
                switch (scope) {
                    case Scope.Read(PathName path) -> "r:" + expiry.getEpochSecond() + ":" + path;
                    case Scope.Publish(PathName path) -> "p:" + expiry.getEpochSecond() + ":" + path;
                    case Scope.Admin() -> "a:" + expiry.getEpochSecond() + ":";
                };
        byte[] bytes = claim.getBytes(StandardCharsets.US_ASCII);
        return ENCODER.encodeToString(bytes) + "." + ENCODER.encodeToString(sign(bytes));
    }

    /** Empty when it was not signed here; the caller still has to look at the expiry. */
    Optional<Claim> verify(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] claim = Base64.getUrlDecoder().decode(token.substring(0, dot));
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            return MessageDigest.isEqual(signature, sign(claim)) ? parse(claim) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<Claim> parse(byte[] claim) {
        String[] parts = new String(claim, StandardCharsets.US_ASCII).split(":", 3);
        Instant expiry = Instant.ofEpochSecond(Long.parseLong(parts[1]));
        if (parts[0].equals("a")) {
            return Optional.of(new Claim(new Scope.Admin(), expiry));
        }
        return switch (PathName.parse(parts[2])) {
            case ParseResult.Ok<PathName>(PathName path) ->
                Optional.of(new Claim(parts[0].equals("p") ? new Scope.Publish(path) : new Scope.Read(path), expiry));
            case ParseResult.Malformed<PathName> ignored -> Optional.empty();
        };
    }

    private byte[] sign(byte[] claim) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(claim);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
