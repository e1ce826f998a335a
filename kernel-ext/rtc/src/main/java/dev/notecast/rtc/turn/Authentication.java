package dev.notecast.rtc.turn;

import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.Nonce;
import dev.notecast.rtc.stun.StunAttribute.PasswordAlgorithm;
import dev.notecast.rtc.stun.StunAttribute.PasswordAlgorithms;
import dev.notecast.rtc.stun.StunAttribute.Realm;
import dev.notecast.rtc.stun.StunAttribute.Username;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The long-term credential mechanism (RFC 8489 §9.2): learns realm and nonce from the server's refusals and seals
 * requests with them. By MESSAGE-INTEGRITY-SHA256 where the server offers password algorithms, else by
 * MESSAGE-INTEGRITY. User names go in the clear: USERHASH is not used.
 */
final class Authentication {
    private static final String NONCE_COOKIE = "obMatJos2"; // RFC 8489 §9.2
    private static final int FEATURES_LENGTH = 4; // 24 bits in base64
    // "Password algorithms" is bit 0: the leftmost by §18.1, the rightmost by the example of appendix B.1
    private static final int PASSWORD_ALGORITHMS_BITS = 0x800001;

    private final TurnCredentials credentials;
    private String realm; // null before the first challenge
    private String nonce;
    private List<Integer> offered = List.of();
    private int algorithm = PasswordAlgorithm.MD5;
    private byte[] key;

    Authentication(TurnCredentials credentials) {
        this.credentials = credentials;
    }

    /** Whether requests can be sealed. */
    boolean isChallenged() {
        return key != null;
    }

    byte[] write(int method, TransactionId id, List<StunAttribute> body) {
        List<StunAttribute> attributes = new ArrayList<>(body);
        if (!isChallenged()) {
            return StunWriter.write(new StunMessage(StunClass.REQUEST, method, id, attributes));
        }
        attributes.add(new Username(opaque(credentials.username())));
        attributes.add(new Realm(realm));
        attributes.add(new Nonce(nonce));
        if (!usesSha256()) {
            return StunWriter.write(new StunMessage(StunClass.REQUEST, method, id, attributes), key);
        }
        attributes.add(new PasswordAlgorithms(offered)); // so that nobody on the way can take the better ones out
        attributes.add(new PasswordAlgorithm(algorithm));
        return StunWriter.writeSha256(new StunMessage(StunClass.REQUEST, method, id, attributes), key);
    }

    /** Whether a response is sealed with our key (RFC 8489 §9.2.5). */
    boolean isAuthentic(StunPacket response) {
        return isChallenged() && (usesSha256() ? response.isAuthenticSha256(key) : response.isAuthentic(key));
    }

    /**
     * Takes realm and nonce of a 401 or 438.
     *
     * @return false when the request cannot be sealed: something is missing, or no algorithm is known to both sides
     */
    boolean challenge(StunMessage error) {
        Optional<Realm> newRealm = error.attribute(Realm.class);
        Optional<Nonce> newNonce = error.attribute(Nonce.class);
        if (newNonce.isEmpty() || newRealm.isEmpty() && realm == null) {
            return false;
        }
        List<Integer> algorithms = List.of();
        int chosen = PasswordAlgorithm.MD5;
        if (offersAlgorithms(newNonce.get().value())) {
            algorithms = error.attribute(PasswordAlgorithms.class)
                    .map(PasswordAlgorithms::algorithms)
                    .orElse(List.of());
            if (algorithms.contains(PasswordAlgorithm.SHA_256)) {
                chosen = PasswordAlgorithm.SHA_256;
            } else if (!algorithms.contains(PasswordAlgorithm.MD5)) {
                return false; // §9.2.5: none of ours, or somebody on the way took the list out
            }
        }
        realm = newRealm.map(Realm::value).orElse(realm);
        nonce = newNonce.get().value();
        offered = algorithms;
        algorithm = chosen;
        key = key(credentials, realm, algorithm);
        return true;
    }

    private boolean usesSha256() {
        return !offered.isEmpty();
    }

    /** RFC 8489 §18.5.1. */
    static byte[] key(TurnCredentials credentials, String realm, int algorithm) {
        String text = opaque(credentials.username()) + ":" + opaque(realm) + ":" + opaque(credentials.password());
        try {
            String name = algorithm == PasswordAlgorithm.SHA_256 ? "SHA-256" : "MD5";
            return MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5 and SHA-256", e);
        }
    }

    /** RFC 8265 §4.2: the OpaqueString form, without its list of characters that are not allowed. */
    private static String opaque(String text) {
        StringBuilder spaced = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
                .forEach(spaced::appendCodePoint);
        return Normalizer.normalize(spaced, Normalizer.Form.NFC);
    }

    private static boolean offersAlgorithms(String nonce) {
        int end = NONCE_COOKIE.length() + FEATURES_LENGTH;
        if (!nonce.startsWith(NONCE_COOKIE) || nonce.length() < end) {
            return false;
        }
        try {
            byte[] bits = Base64.getDecoder().decode(nonce.substring(NONCE_COOKIE.length(), end));
            int features = bits.length == 3 ? (bits[0] & 0xFF) << 16 | (bits[1] & 0xFF) << 8 | bits[2] & 0xFF : 0;
            return (features & PASSWORD_ALGORITHMS_BITS) != 0;
        } catch (IllegalArgumentException e) {
            return false; // a nonce that only begins like one with features
        }
    }
}
