package dev.notecast.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;

/** The passive side of a handshake that keys SRTP: it chooses the profile and always asks for a certificate. */
final class SrtpTlsServer extends DefaultTlsServer implements SrtpPeer {
    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, // RFC 8827 §6.5
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
    };

    // Doubled each time. The client waits for us in every flight, so its quicker timer drives; ours is for one that has
    // none, and late enough not to make both sides answer each other's repetitions.
    private static final int RESEND_MILLIS = 200;

    private final DtlsIdentity identity;
    private final SrtpKeying keying;

    SrtpTlsServer(DtlsIdentity identity, SrtpKeying keying) {
        super(identity.crypto());
        this.identity = identity;
        this.keying = keying;
    }

    @Override
    public DTLSTransport handshake(DatagramTransport datagrams) throws IOException {
        // No HelloVerifyRequest: the library's verifier cannot read a ClientHello that came in several datagrams, and
        // the valid STUN check before has shown already that the peer's address is its own.
        return new DTLSServerProtocol().accept(this, datagrams);
    }

    @Override
    public SrtpKeying keying() {
        return keying;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return CIPHER_SUITES.clone();
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return identity.signer(context);
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false; // self-signed: its own signature proves nothing
    }

    @Override
    @SuppressWarnings({"rawtypes"})
    public void processClientExtensions(Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        keying.choose(TlsSRTPUtils.getUseSRTPExtension(clientExtensions));
    }

    @Override
    @SuppressWarnings({"rawtypes"})
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, keying.choice());
        return extensions;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        keying.verify(clientCertificate);
    }

    @Override
    public void notifyAlertReceived(short alertLevel, short alertDescription) {
        keying.alertReceived(alertDescription);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        keying.export(context);
    }
}
