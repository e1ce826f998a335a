package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.dtls.Fingerprint;

/** Runs the DTLS associations of all sessions on a bounded pool of platform threads. Safe for any thread. */
public final class DtlsHandshakes implements AutoCloseable {
    public DtlsHandshakes(DtlsIdentity identity) {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Starts an association; returns at once. The listener is called on the pool's threads, one call at a time. When
     * too many handshakes wait already, or after {@link #close}, it hears {@code failed} before this returns.
     *
     * @param expectedRemote what the peer's certificate must hash to: sha-256, sha-384 or sha-512
     */
    public DtlsEndpoint start(DtlsRole role, Fingerprint expectedRemote, DtlsEndpoint.Listener listener) {
        throw new UnsupportedOperationException("in work");
    }

    /** Runs one handshake with itself in memory, so that the first peer does not wait for class loading. Blocks. */
    public void warmUp() {
        throw new UnsupportedOperationException("in work");
    }

    /** Ends every association and the threads; may be called twice. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("in work");
    }
}
