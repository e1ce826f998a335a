package dev.notecast.rtc.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.ParseResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors with long-term credentials: RFC 5769 §2.4, RFC 8489 appendix B.1 as erratum 6268 corrects it. */
class LongTermVectorsTest {
    private static final String ACCOUNT = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9:example.org:TheMatrIX";

    private static final byte[] MD5_REQUEST = hex(
            """
            00010060 2112a442 78ad3433c6ad72c029da412e
            00060012 e3839ee38388e383aae38383e382afe382b90000
            0015001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341
            0014000b 6578616d706c652e6f726700
            00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666
            """);

    private static final byte[] SHA256_REQUEST = hex(
            """
            00010090 2112a442 78ad3433c6ad72c029da412e
            001e0020 4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704
            00150029 6f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936347341000000
            0014000b 6578616d706c652e6f726700
            001d0004 00020000
            001c0020 b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65
            """);

    @Test
    void md5AndSha1() {
        StunPacket packet = parse(MD5_REQUEST);
        assertTrue(packet.isAuthentic(digest("MD5")));
        assertFalse(packet.isAuthentic(digest("SHA-256")));
        assertFalse(packet.isAuthenticSha256(digest("MD5")), "there is none");
        StunMessage message = packet.message();
        assertEquals(
                "f//499k954d6OL34oL9FSTvy64sA",
                message.attribute(StunAttribute.Nonce.class).orElseThrow().value());
        // what we write has a fingerprint besides: the vector's bytes are its beginning, but for the length
        byte[] written = StunWriter.write(message, digest("MD5"));
        byte[] resealed = Arrays.copyOf(written, MD5_REQUEST.length);
        assertArrayEquals(
                Arrays.copyOfRange(MD5_REQUEST, 4, MD5_REQUEST.length - 20),
                Arrays.copyOfRange(resealed, 4, resealed.length - 20));
        assertTrue(parse(written).isAuthentic(digest("MD5")));
    }

    @Test
    void sha256() {
        StunPacket packet = parse(SHA256_REQUEST);
        assertTrue(packet.isAuthenticSha256(digest("SHA-256")));
        assertFalse(packet.isAuthenticSha256(digest("MD5")));
        assertFalse(packet.isAuthentic(digest("SHA-256")), "there is none");
        assertEquals(List.of(0x001E), packet.notUnderstood(), "USERHASH is not implemented");
        assertEquals(
                StunAttribute.PasswordAlgorithm.SHA_256,
                packet.message()
                        .attribute(StunAttribute.PasswordAlgorithm.class)
                        .orElseThrow()
                        .algorithm());
        for (int i = 20; i < SHA256_REQUEST.length - 32; i++) {
            byte[] flipped = SHA256_REQUEST.clone();
            flipped[i] ^= 1;
            if (StunPacket.parse(flipped, 0, flipped.length) instanceof ParseResult.Ok<StunPacket>(StunPacket other)) {
                assertFalse(other.isAuthenticSha256(digest("SHA-256")), "byte " + i);
            }
        }
        assertTrue(parse(StunWriter.writeSha256(packet.message(), digest("SHA-256")))
                .isAuthenticSha256(digest("SHA-256")));
    }

    private static byte[] digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest(ACCOUNT.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static StunPacket parse(byte[] bytes) {
        return switch (StunPacket.parse(bytes, 0, bytes.length)) {
            case ParseResult.Ok<StunPacket>(StunPacket packet) -> packet;
            case ParseResult.Malformed<StunPacket>(String reason) -> throw new AssertionError(reason);
        };
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
