package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.Fingerprint;

/** The self-signed certificate of this server and its key, made once and used by every session. Safe for any thread. */
public final class DtlsIdentity {
    private final Fingerprint fingerprint;

    private DtlsIdentity(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Makes an ECDSA P-256 key and a certificate for it (RFC 8827 §6.5); takes a few milliseconds once warm. */
    public static DtlsIdentity generate() {
        throw new UnsupportedOperationException("in work");
    }

    /** The SHA-256 of the certificate, for {@code a=fingerprint}. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }
}
