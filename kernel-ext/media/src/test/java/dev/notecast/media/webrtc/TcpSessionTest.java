package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.TestPeers.Peer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ICE-TCP over real sockets. */
class TcpSessionTest {
    private static final PathName LIVE = new PathName("live");
    private static final Duration BEFORE_PATIENCE_ENDS = Duration.ofSeconds(8); // with those that prove nothing

    private final PathManager paths = new PathManager();
    private final WebRtcServer server = WebRtcServer.start(paths, 0, IceOptions.DEFAULT, SessionLimits.DEFAULT);
    private final TestPeers peers = new TestPeers();

    @AfterEach
    void close() {
        peers.close();
        paths.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0:0:0:0:0:0:0:1"})
    void aViewerWithoutUdpConnectsAndSeesEverything(String host) throws IOException {
        Peer publisher = publisher();
        try (TcpPeer viewer = viewer(host).reading()) {
            untilConnected(viewer);
            assertTrue(viewer.offered.getFirst().transport().tcpType().isEmpty(), "UDP comes first");
            publisher.send(100, true);
            for (int i = 101; i < 300; i++) {
                publisher.send(i, false);
            }
            Await.until("200 packets", () -> viewer.received.size() == 200);
            for (int i = 0; i < 200; i++) {
                var packet = viewer.received.get(i);
                assertEquals((byte) (100 + i), packet.data()[packet.payloadOffset() + 2]);
            }
        }
    }

    @Test
    void theEndOfASessionClosesItsConnection() throws IOException {
        publisher();
        List<String> ids = new ArrayList<>();
        try (TcpPeer viewer = new TcpPeer(TestPeers.VP8, "127.0.0.1", offer -> {
                    SessionAnswer answer = server.read(LIVE, offer);
                    ids.add(answer.sessionId());
                    return answer.sdp();
                })
                .reading()) {
            untilConnected(viewer);
            server.end(ids.getFirst());
            Await.until("the goodbye", () -> "the peer left".equals(viewer.closedReason));
            Await.until("the connection to close", () -> server.tcpConnections() == 0);
        }
    }

    /** Whoever has read the session's name on the wire can connect, but does not know its password. */
    @Test
    void connectionsThatProveNothingGiveWayBeforeThoseThatHave() throws IOException {
        publisher();
        String answer = server.read(LIVE, Stranger.OFFER).sdp();
        List<Socket> sockets = new ArrayList<>();
        try {
            sockets.add(checking(answer, Stranger.password(answer)));
            Await.until("the answer to a check", () -> isReadable(sockets.getFirst()));
            for (int i = 0; i < 7; i++) {
                sockets.add(checking(answer, new byte[] {1}));
            }
            Await.until("all to be taken", () -> server.tcpConnections() == 8);
            for (int i = 0; i < 7; i++) {
                sockets.add(checking(answer, new byte[] {1}));
                Await.until("the oldest stranger to be closed", BEFORE_PATIENCE_ENDS, oldest(sockets, 1 + i));
            }
            Socket proven = sockets.getFirst();
            proven.getInputStream().skipNBytes(proven.getInputStream().available());
            assertFalse(isClosed(proven), "its peer knows the password");
            assertFalse(isClosed(sockets.getLast()), "the newest may still prove itself");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private BooleanSupplier oldest(List<Socket> sockets, int stranger) {
        return () -> isClosed(sockets.get(stranger));
    }

    private static boolean isReadable(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Socket checking(String answer, byte[] password) throws IOException {
        byte[] check = Stranger.check(answer, password);
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.tcpPort().orElseThrow());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(check.length);
        out.write(check);
        return socket;
    }

    @Test
    void aPeerThatDoesNotReadLosesPacketsAndCostsNoMemory() throws IOException {
        Peer publisher = publisher();
        try (TcpPeer viewer = viewer("127.0.0.1").reading()) {
            untilConnected(viewer);
            viewer.pause();
            for (int i = 0; i < 20_000; i++) {
                publisher.sendLong(i, i % 1_000 == 0, 1_000); // as a camera does, whatever was lost before
                if (i % 100 == 0) {
                    int sent = i;
                    Await.until(
                            "the server to take them",
                            () -> paths.stream(LIVE).orElseThrow().packets() > sent / 2);
                }
            }
            Peer other = peers.read(
                    List.of(TestPeers.VP8), offer -> server.read(LIVE, offer).sdp());
            Await.until("another viewer", () -> other.connected);
            TestPeers.awaitConnected(server);
            viewer.resume();
            Await.until("what had waited", () -> !viewer.received.isEmpty());
            assertTrue(viewer.received.size() < 10_000, "20 MB were not kept: " + viewer.received.size());
        }
    }

    @Test
    void strangersAreClosedAndDisturbNobody() throws IOException {
        Random random = new Random(5);
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Socket stranger = new Socket(
                    InetAddress.getLoopbackAddress(), server.tcpPort().orElseThrow());
            stranger.setSoTimeout(5_000);
            byte[] noise = new byte[1 + random.nextInt(3_000)];
            random.nextBytes(noise);
            noise[0] = 0; // a short datagram, which names nobody
            try {
                stranger.getOutputStream().write(noise);
            } catch (IOException e) {
                // closed already
            }
            strangers.add(stranger);
        }
        Peer publisher = publisher();
        try (TcpPeer viewer = viewer("127.0.0.1").reading()) {
            untilConnected(viewer);
            publisher.send(1, true);
            Await.until("a packet", () -> viewer.received.size() == 1);
            Await.until("the strangers to be closed", () -> server.tcpConnections() <= 1 + silent(strangers));
        }
        for (Socket stranger : strangers) {
            stranger.close();
        }
    }

    @Test
    void thereAreNotMoreConnectionsFromOneAddressThanAClassNeeds() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sockets.add(new Socket(
                    InetAddress.getLoopbackAddress(), server.tcpPort().orElseThrow()));
        }
        Await.until("the last to be closed", () -> isClosed(sockets.getLast()));
        assertEquals(256, server.tcpConnections());
        assertFalse(isClosed(sockets.getFirst()));
        for (Socket socket : sockets) {
            socket.close();
        }
        Await.until("all to be gone", () -> server.tcpConnections() == 0);
    }

    private static int silent(List<Socket> sockets) {
        return (int) sockets.stream().filter(socket -> !isClosed(socket)).count();
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            InputStream in = socket.getInputStream();
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    private TcpPeer viewer(String host) throws IOException {
        return new TcpPeer(
                TestPeers.VP8, host, offer -> server.read(LIVE, offer).sdp());
    }

    /** Both sides: the server may be a moment later, and a keyframe before that would not be this viewer's. */
    private void untilConnected(TcpPeer viewer) {
        Await.until("the viewer to connect", () -> viewer.connected);
        TestPeers.awaitConnected(server);
        Await.until("the server to know it", () -> server.sessions().stream()
                .allMatch(session -> session.state().equals("connected")));
    }

    private Peer publisher() {
        Peer peer = peers.publish(
                TestPeers.VP8, offer -> server.publish(LIVE, offer).sdp());
        Await.until("the publisher to connect", () -> peer.connected);
        return peer;
    }
}
