package dev.notecast.media.dtls;

import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpProfile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server and a client with a wire each way. */
final class Pair implements AutoCloseable {
    final Wire toServer;
    final Wire toClient;
    final Outcome serverOutcome;
    final Outcome clientOutcome;
    final DtlsEndpoint server;
    final DtlsEndpoint client;

    /** What an endpoint told its listener. */
    static final class Outcome implements DtlsEndpoint.Listener {
        final CompletableFuture<SrtpKeys> keys = new CompletableFuture<>();
        final CompletableFuture<String> failure = new CompletableFuture<>();
        final CompletableFuture<Boolean> goodbye = new CompletableFuture<>();
        private final Wire wire;

        Outcome(Wire wire) {
            this.wire = wire;
        }

        @Override
        public void transmit(byte[] datagram) {
            wire.send(datagram);
        }

        @Override
        public void established(SrtpKeys established) {
            keys.complete(established);
        }

        @Override
        public void failed(String reason) {
            failure.complete(reason);
            keys.completeExceptionally(new AssertionError(reason));
        }

        @Override
        public void closedByPeer() {
            goodbye.complete(true);
        }
    }

    Pair(DtlsHandshakes handshakes, DtlsIdentity identity, Wire toServer, Wire toClient) {
        this(
                handshakes,
                toServer,
                toClient,
                identity.fingerprint(),
                identity.fingerprint(),
                DtlsHandshakes.ALL_PROFILES);
    }

    Pair(
            DtlsHandshakes handshakes,
            Wire toServer,
            Wire toClient,
            Fingerprint serverExpects,
            Fingerprint clientExpects,
            List<SrtpProfile> offered) {
        this(handshakes, toServer, toClient, serverExpects, clientExpects, DtlsHandshakes.ALL_PROFILES, offered);
    }

    /** @param taken by the server, the best first */
    Pair(
            DtlsHandshakes handshakes,
            Wire toServer,
            Wire toClient,
            Fingerprint serverExpects,
            Fingerprint clientExpects,
            List<SrtpProfile> taken,
            List<SrtpProfile> offered) {
        this.toServer = toServer;
        this.toClient = toClient;
        serverOutcome = new Outcome(toClient);
        clientOutcome = new Outcome(toServer);
        server = handshakes.start(DtlsRole.SERVER, taken, serverExpects, serverOutcome);
        toServer.to(server);
        // the server is silent until the client speaks, so its wire may learn where it leads before that
        CompletableFuture<DtlsEndpoint> made = new CompletableFuture<>();
        toClient.to(new DtlsEndpoint() {
            @Override
            public void receive(byte[] datagram) {
                made.join().receive(datagram);
            }

            @Override
            public void close() {}
        });
        client = handshakes.start(DtlsRole.CLIENT, offered, clientExpects, clientOutcome);
        made.complete(client);
    }

    static <T> T within(long millis, CompletableFuture<T> future) throws Exception {
        return future.get(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        client.close();
        server.close();
        toServer.close();
        toClient.close();
    }
}
