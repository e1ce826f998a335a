package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.webrtc.TestPeers.Peer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ICE restarts of real peers, as PATCH brings them. */
class IceRestartServerTest {
    private static final PathName LIVE = new PathName("live");

    private final PathManager paths = new PathManager();
    private final WebRtcServer server = WebRtcServer.start(paths, 0);
    private final TestPeers peers = new TestPeers();
    private final AtomicReference<String> id = new AtomicReference<>();

    @AfterEach
    void close() {
        peers.close();
        paths.close();
        server.close();
    }

    @Test
    void aRestartMovesTheSessionToANewGenerationAndMediaFlowsOn() {
        Peer publisher = publisher();
        Peer viewer = peers.read(java.util.List.of(TestPeers.VP8), offer -> server.read(LIVE, offer)
                .sdp());
        Await.until("the viewer", () -> viewer.connected);
        TestPeers.awaitConnected(server);
        publisher.send(1, true);
        Await.until("the first packet", () -> viewer.received.size() == 1);
        String before = server.etag(id.get());

        AtomicReference<RestartAnswer> answer = new AtomicReference<>();
        peers.restart(publisher, fragment -> {
            answer.set(server.restart(id.get(), fragment).orElseThrow());
            return answer.get().sdpFragment();
        });
        assertEquals(answer.get().etag(), server.etag(id.get()));
        assertNotEquals(before, server.etag(id.get()));

        AtomicReference<Integer> sent = new AtomicReference<>(2);
        Await.until("the new way", () -> {
            publisher.send(sent.getAndUpdate(n -> n + 1), false);
            return restarted() && viewer.received.size() > 20;
        });
        Await.until("every packet", () -> viewer.received.size() == sent.get() - 1);
        assertNull(publisher.closedReason);
    }

    @Test
    void statisticsNameTheWayAndNothingIsLeftOfASession() {
        publisher();
        AtomicReference<SessionStatistics> last = new AtomicReference<>();
        Await.until(
                "the server's way",
                () -> { // the peer is the first to be connected
                    SessionStatistics now = server.statistics().getFirst();
                    last.set(now);
                    return now.state().equals("connected") && now.pair().isPresent();
                });
        assertTrue(last.get().publisher());
        assertEquals("udp", last.get().pair().orElseThrow().protocol());
        assertTrue(server.tableSize() >= 2, "a user name and an address");
        server.end(id.get());
        Await.until("empty tables", () -> server.tableSize() == 0);
        assertEquals(0, server.statistics().size());
    }

    private boolean restarted() {
        return server.statistics().stream()
                .flatMap(session -> session.pair().stream())
                .anyMatch(pair -> pair.reason().contains("1 ICE restart"));
    }

    @Test
    void whatDoesNotFitTheGenerationIsRefused() {
        publisher();
        String other = "a=ice-ufrag:abcd\r\na=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa\r\na=end-of-candidates\r\n";
        assertKind(SignalingException.Kind.OTHER_GENERATION, () -> server.trickle(id.get(), other));
        assertKind(SignalingException.Kind.BAD_SDP, () -> server.restart(id.get(), "a=end-of-candidates\r\n"));
        assertKind(SignalingException.Kind.UNKNOWN_SESSION, () -> server.restart("nobody", other));
        assertTrue(server.restart(id.get(), other).isPresent());
        assertTrue(server.restart(id.get(), other).isEmpty(), "the same credentials again add candidates only");
        server.trickle(id.get(), other);
        assertKind(SignalingException.Kind.TOO_OFTEN, () -> server.restart(id.get(), other.replace("abcd", "efgh")));
    }

    private static void assertKind(SignalingException.Kind kind, Runnable call) {
        assertEquals(kind, assertThrows(SignalingException.class, call::run).kind());
    }

    private Peer publisher() {
        Peer peer = peers.publish(TestPeers.VP8, offer -> {
            SessionAnswer answer = server.publish(LIVE, offer);
            id.set(answer.sessionId());
            return answer.sdp();
        });
        Await.until("the publisher to connect", () -> peer.connected);
        return peer;
    }
}
