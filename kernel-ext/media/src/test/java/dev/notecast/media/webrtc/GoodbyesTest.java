package dev.notecast.media.webrtc;

import dev.notecast.media.Await;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.TestPeers.Peer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a server that has many viewers, on several loops and by UDP and TCP. */
class GoodbyesTest {
    private static final PathName LIVE = new PathName("live");
    private static final int OVER_UDP = 40;
    private static final int OVER_TCP = 10;
    private static final String GOODBYE = "the peer left";

    private final PathManager paths = new PathManager();
    private final WebRtcServer server = WebRtcServer.start(paths, 0, IceOptions.DEFAULT, SessionLimits.DEFAULT);
    private final TestPeers peers = new TestPeers();
    private final List<TcpPeer> overTcp = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        peers.close();
        for (TcpPeer each : overTcp) {
            each.close();
        }
        paths.close();
        server.close();
    }

    @Test
    void everyViewerHearsThatTheServerLeaves() throws IOException {
        Peer publisher = peers.publish(
                TestPeers.VP8, offer -> server.publish(LIVE, offer).sdp());
        Await.until("the publisher to connect", () -> publisher.connected);
        List<Peer> overUdp = new ArrayList<>();
        for (int i = 0; i < OVER_UDP; i++) {
            overUdp.add(peers.read(
                    List.of(TestPeers.VP8), offer -> server.read(LIVE, offer).sdp()));
        }
        for (int i = 0; i < OVER_TCP; i++) {
            overTcp.add(new TcpPeer(TestPeers.VP8, "127.0.0.1", offer -> server.read(LIVE, offer)
                            .sdp())
                    .reading());
        }
        Await.until(
                "all to connect",
                () -> server.sessions().stream()
                                .allMatch(session -> session.state().equals("connected"))
                        && overUdp.stream().allMatch(peer -> peer.connected)
                        && overTcp.stream().allMatch(peer -> peer.connected));

        server.close();
        Await.until("every viewer by UDP to hear it", () -> overUdp.stream()
                .allMatch(peer -> GOODBYE.equals(peer.closedReason)));
        Await.until("every viewer by TCP to hear it", () -> overTcp.stream()
                .allMatch(peer -> GOODBYE.equals(peer.closedReason)));
    }

    /** What it has not read yet stands before the goodbye, here and on the way. */
    @Test
    void aViewerByTcpThatIsLateReadsTheGoodbyeToo() throws IOException {
        Peer publisher = peers.publish(
                TestPeers.VP8, offer -> server.publish(LIVE, offer).sdp());
        TcpPeer late = new TcpPeer(TestPeers.VP8, "127.0.0.1", offer -> server.read(LIVE, offer)
                        .sdp())
                .reading();
        overTcp.add(late);
        Await.until(
                "both to connect",
                () -> publisher.connected
                        && late.connected
                        && server.sessions().stream()
                                .allMatch(session -> session.state().equals("connected")));
        late.pause();
        AtomicInteger number = new AtomicInteger();
        Await.until("2 MB, more than both systems and the server keep for it", () -> {
            for (int i = 0; i < 50; i++) {
                publisher.sendLong(number.incrementAndGet(), i == 0, 1_000);
            }
            return paths.stream(LIVE).orElseThrow().packets() > 2_000;
        });

        Thread closing = Thread.ofPlatform().start(server::close);
        Await.until("the server to be at its last", () -> isFree(server.udpPort()));
        late.resume();
        Await.until("it to hear it", () -> GOODBYE.equals(late.closedReason));
        Await.until("the server to close", () -> !closing.isAlive());
    }

    private static boolean isFree(int udpPort) {
        try (DatagramSocket free = new DatagramSocket(udpPort)) {
            return free.isBound();
        } catch (SocketException e) {
            return false;
        }
    }
}
