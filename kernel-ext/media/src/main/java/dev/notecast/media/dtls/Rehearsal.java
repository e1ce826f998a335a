package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.srtp.SrtpKeys;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A handshake of an identity with itself, in memory: it loads classes and lets the compiler see the curves once. */
final class Rehearsal {
    private final AtomicReferenceArray<DtlsEndpoint> ends = new AtomicReferenceArray<>(2);
    private final CountDownLatch done = new CountDownLatch(2);
    private final DtlsHandshakes handshakes;
    private final Fingerprint own;

    Rehearsal(DtlsHandshakes handshakes, Fingerprint own) {
        this.handshakes = handshakes;
        this.own = own;
    }

    void run(Duration deadline) {
        // the server first: the client speaks as soon as it is there
        ends.set(0, handshakes.start(DtlsRole.SERVER, own, end(1)));
        ends.set(1, handshakes.start(DtlsRole.CLIENT, own, end(0)));
        try {
            done.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ends.get(0).close();
        ends.get(1).close();
    }

    private DtlsEndpoint.Listener end(int other) {
        return new DtlsEndpoint.Listener() {
            @Override
            public void transmit(byte[] datagram) {
                DtlsEndpoint peer = ends.get(other);
                if (peer != null) { // else the client resends
                    peer.receive(datagram);
                }
            }

            @Override
            public void established(SrtpKeys keys) {
                done.countDown();
            }

            @Override
            public void failed(String reason) {
                done.countDown();
            }

            @Override
            public void closedByPeer() {}
        };
    }
}
