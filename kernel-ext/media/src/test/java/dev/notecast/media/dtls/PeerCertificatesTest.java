package dev.notecast.media.dtls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.notecast.rtc.dtls.Fingerprint;
import java.security.MessageDigest;
import java.util.Locale;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerCertificatesTest {
    private static final DtlsIdentity IDENTITY = DtlsIdentity.generate();

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "SHA-384", "SHA-512"})
    void acceptsTheAnnouncedCertificateOnly(String algorithm) throws Exception {
        byte[] encoded = IDENTITY.certificate().getCertificateAt(0).getEncoded();
        byte[] digest = MessageDigest.getInstance(algorithm).digest(encoded);
        String name = algorithm.toLowerCase(Locale.ROOT);
        assertDoesNotThrow(() -> PeerCertificates.verify(IDENTITY.certificate(), Fingerprint.of(name, digest)));
        digest[digest.length - 1] ^= 1;
        assertThrows(
                TlsFatalAlert.class,
                () -> PeerCertificates.verify(IDENTITY.certificate(), Fingerprint.of(name, digest)));
    }

    @Test
    void refusesAPeerWithoutACertificate() {
        assertThrows(
                TlsFatalAlert.class, () -> PeerCertificates.verify(Certificate.EMPTY_CHAIN, IDENTITY.fingerprint()));
    }
}
