package dev.notecast.media.webrtc.client;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import java.security.SecureRandom;

/** What the sessions have in common that we begin: pushing a stream to a server, or reading one. Any thread. */
public final class WebRtcClient implements AutoCloseable {
    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final DtlsHandshakes handshakes = new DtlsHandshakes(identity);
    private final SecureRandom random = new SecureRandom();

    /**
     * A session on a UDP port of its own, since servers tell peers apart by their addresses.
     *
     * @param loopback whether the server is on this machine, so that no other address of ours needs to be known
     */
    public ClientSession session(boolean loopback) {
        return new ClientSession(identity, handshakes, random, loopback);
    }

    /** Ends the handshakes; sessions are closed before. */
    @Override
    public void close() {
        handshakes.close();
    }
}
