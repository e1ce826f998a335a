package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * Checks a peer's certificate against the fingerprint that came by signalling (RFC 8122 §5), which is all that
 * identifies a WebRTC peer: no chain, name or date is looked at.
 */
final class PeerCertificates {
    private PeerCertificates() {}

    /** The name of the hash for {@link MessageDigest}; empty for one that is unknown or too weak. */
    static Optional<String> digestName(Fingerprint fingerprint) {
        return switch (fingerprint.algorithm()) {
            case "sha-256" -> Optional.of("SHA-256");
            case "sha-384" -> Optional.of("SHA-384");
            case "sha-512" -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
    }

    /** @throws TlsFatalAlert when there is no certificate or it is another one than expected */
    static void verify(Certificate chain, Fingerprint expected) throws IOException {
        if (chain == null || chain.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the peer sent no certificate");
        }
        Fingerprint actual = Fingerprint.of(
                expected.algorithm(), digest(chain.getCertificateAt(0).getEncoded(), expected));
        if (!MessageDigest.isEqual(ascii(actual), ascii(expected))) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate, "the peer's certificate is not the one its SDP announced");
        }
    }

    private static byte[] digest(byte[] certificate, Fingerprint expected) throws TlsFatalAlert {
        try {
            return MessageDigest.getInstance(digestName(expected).orElseThrow()).digest(certificate);
        } catch (NoSuchAlgorithmException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    private static byte[] ascii(Fingerprint fingerprint) {
        return fingerprint.value().getBytes(StandardCharsets.US_ASCII);
    }
}
