package dev.notecast.media.transport;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.session.PeerSession;
import dev.notecast.rtc.srtp.SrtpKeys;

/** The DTLS association of one session. Belongs to its loop, to which it brings what happens on the DTLS threads. */
final class SessionDtls {
    private final DtlsHandshakes handshakes;
    private final DtlsRole role;
    private final Fingerprint expectedRemote;
    private DtlsEndpoint endpoint; // null before it begins

    SessionDtls(DtlsHandshakes handshakes, DtlsRole role, Fingerprint expectedRemote) {
        this.handshakes = handshakes;
        this.role = role;
        this.expectedRemote = expectedRemote;
    }

    void start(WebRtcTransport transport, PeerSession session) {
        endpoint = handshakes.start(role, expectedRemote, new ToLoop(transport, session));
    }

    void receive(byte[] datagram) {
        endpoint.receive(datagram);
    }

    void close() {
        if (endpoint != null) {
            endpoint.close();
        }
    }

    private record ToLoop(WebRtcTransport transport, PeerSession session) implements DtlsEndpoint.Listener {
        @Override
        public void transmit(byte[] datagram) {
            transport.execute(() -> session.sendDtls(datagram));
        }

        @Override
        public void established(SrtpKeys keys) {
            transport.execute(() -> session.dtlsEstablished(keys));
        }

        @Override
        public void failed(String reason) {
            transport.close("DTLS: " + reason);
        }

        @Override
        public void closedByPeer() {
            transport.close("the peer left");
        }
    }
}
