package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.relay.Coturn;
import dev.notecast.media.relay.IcePolicy;
import dev.notecast.media.relay.IceServerStatus;
import dev.notecast.media.relay.TurnTransport;
import dev.notecast.media.stats.PairStatistics;
import dev.notecast.media.webrtc.TestPeers.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that may use nothing but a relay, through a real TURN server. */
class RelayedSessionTest {
    private static final PathName LIVE = new PathName("live");

    @TempDir
    static Path folder;

    private static Coturn coturn;

    private final PathManager paths = new PathManager();
    private final WebRtcServer server = WebRtcServer.start(paths, 0, 2);
    private final TestPeers peers = new TestPeers().announcingLoopback();

    @BeforeAll
    static void startCoturn() {
        coturn = Coturn.start(folder);
    }

    @AfterAll
    static void stopCoturn() {
        if (coturn != null) {
            coturn.close();
        }
    }

    @AfterEach
    void close() {
        peers.close();
        paths.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void mediaGoesBothWaysThroughARelay(TurnTransport transport) {
        server.iceServers().trust(coturn.trusted());
        server.iceServers().policy(IcePolicy.RELAY);
        server.iceServers().replace(List.of(coturn.server(transport)));
        Await.until("an allocation", Duration.ofSeconds(30), () -> state() == IceServerStatus.State.READY);

        AtomicReference<String> answerSdp = new AtomicReference<>();
        Peer publisher = peers.publish(TestPeers.VP8, offer -> {
            answerSdp.set(server.publish(LIVE, offer).sdp());
            return answerSdp.get();
        });
        List<String> candidates = answerSdp
                .get()
                .lines()
                .filter(line -> line.startsWith("a=candidate"))
                .toList();
        assertEquals(1, candidates.size(), candidates::toString);
        assertTrue(candidates.getFirst().contains(" typ relay raddr 0.0.0.0 rport 9"), candidates::toString);
        Await.until("the publisher", () -> publisher.connected);
        publisher.send(100, true);
        Await.until("the stream", () -> paths.stream(LIVE).orElseThrow().packets() >= 1);
        List<Peer> viewers = List.of(viewer(), viewer(), viewer());
        AtomicInteger next = new AtomicInteger(101);
        Await.until("50 packets at every viewer", () -> {
            publisher.send(next.get(), next.getAndIncrement() % 10 == 0);
            return viewers.stream().allMatch(viewer -> viewer.received.size() >= 50);
        });
        List<PairStatistics> pairs = server.statistics().stream()
                .map(session -> session.pair().orElseThrow())
                .toList();
        assertEquals(4, pairs.size());
        pairs.forEach(pair -> assertEquals("relay", pair.localType(), pair::toString));
        Await.until("four channels", () -> status().peers() == 4);
        peers.close();
        Await.until("the channels to be given up", () -> status().peers() == 0);
    }

    private IceServerStatus status() {
        return server.iceServers().status().getFirst();
    }

    private IceServerStatus.State state() {
        return status().state();
    }

    private Peer viewer() {
        Peer viewer = peers.read(
                List.of(TestPeers.VP8), offer -> server.read(LIVE, offer).sdp());
        Await.until("a viewer", () -> viewer.connected);
        TestPeers.awaitConnected(server);
        return viewer;
    }
}
