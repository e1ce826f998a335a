package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathFullException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.path.PathRules;
import dev.notecast.media.path.PathTakenException;
import dev.notecast.media.stream.RecordingReader;
import dev.notecast.media.stream.RecordingSource;
import dev.notecast.media.stream.Source;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.webrtc.TestPeers.Peer;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.SequenceNumbers;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0} loops")
@ValueSource(ints = {1, 4})
class WebRtcServerTest {
    private static final PathName LIVE = new PathName("live");

    private final PathManager paths = new PathManager();
    private final WebRtcServer server;
    private final TestPeers peers = new TestPeers();

    WebRtcServerTest(int loops) {
        server = WebRtcServer.start(paths, 0, loops);
    }

    @AfterEach
    void close() {
        peers.close();
        paths.close();
        server.close();
        server.close();
    }

    @Test
    void whatAPublisherSendsReachesEveryViewerInOrder() {
        Peer publisher = publisher();
        List<Peer> viewers = List.of(viewer(), viewer(), viewer(), viewer(), viewer());
        publisher.send(100, true);
        for (int i = 101; i < 200; i++) {
            publisher.send(i, false);
        }
        for (Peer viewer : viewers) {
            Await.until("100 packets at a viewer", () -> viewer.received.size() == 100);
            for (int i = 0; i < 100; i++) {
                RtpPacket packet = viewer.received.get(i);
                assertEquals((byte) (100 + i), packet.data()[packet.payloadOffset() + 2], "payload of packet " + i);
                assertEquals(
                        i,
                        SequenceNumbers.difference(
                                packet.sequenceNumber(),
                                viewer.received.getFirst().sequenceNumber()));
            }
        }
        assertNotEquals(
                viewers.get(0).received.getFirst().ssrc(),
                viewers.get(1).received.getFirst().ssrc());
    }

    @Test
    void aLateViewerBeginsWithAKeyframeThatThePublisherWasAskedFor() {
        Peer publisher = publisher();
        publisher.send(1, true);
        Await.until("the stream", () -> paths.stream(LIVE).orElseThrow().packets() == 1);
        Peer viewer = viewer();
        Await.until("a PLI at the publisher", () -> publisher.rtcp.stream()
                .anyMatch(PictureLossIndication.class::isInstance));
        publisher.send(2, false);
        publisher.send(3, true);
        Await.until("the keyframe", () -> !viewer.received.isEmpty());
        RtpPacket packet = viewer.received.getFirst();
        assertEquals(3, packet.data()[packet.payloadOffset() + 2]);
    }

    @Test
    void aPublisherThatLeavesFreesThePathAndItsViewersStay() {
        AtomicReference<String> id = new AtomicReference<>();
        Peer publisher = peers.publish(TestPeers.VP8, offer -> {
            SessionAnswer answer = server.publish(LIVE, offer);
            id.set(answer.sessionId());
            return answer.sdp();
        });
        Await.until("the publisher", () -> publisher.connected);
        Peer viewer = viewer();
        assertTrue(server.end(id.get()));
        assertFalse(server.end(id.get()), "a session ends once");
        Await.until("close_notify at the publisher", () -> "the peer left".equals(publisher.closedReason));
        Await.until("the path to be free", () -> paths.stream(LIVE).isEmpty());

        Peer next = publisher();
        next.send(500, true);
        Await.until("the next publisher's picture", () -> !viewer.received.isEmpty());
    }

    @Test
    void whoSendsAndReceivesGetsItsOwnPictureBackOnTheSameTransport() {
        Peer peer = peers.publish(TestPeers.VP8, offer -> {
            String both = offer.replace("a=sendonly", "a=sendrecv");
            return server.exchange(LIVE, Optional.empty(), both).sdp();
        });
        Await.until("the peer", () -> peer.connected);
        Await.until("the reader of its own path", () -> paths.list().stream()
                .anyMatch(path -> path.readers().size() == 1));
        AtomicInteger sequence = new AtomicInteger();
        Await.until("its picture", () -> {
            peer.send(sequence.incrementAndGet(), true);
            return !peer.received.isEmpty();
        });
        assertNotEquals(0xCAFE, peer.received.getFirst().ssrc());
        assertEquals(1, server.sessions().size());
        assertTrue(server.kick(server.sessions().getFirst().shortId()));
        Await.until("the path to be free", () -> paths.list().isEmpty());
    }

    @Test
    void whoOnlyReceivesReadsAndWhoOnlySendsPublishes() {
        assertThrows(NoStreamException.class, () -> peers.read(List.of(TestPeers.VP8), this::exchanged));
        Peer publisher = peers.publish(TestPeers.VP8, this::exchanged);
        Await.until("the publisher", () -> publisher.connected);
        assertTrue(paths.list().getFirst().readers().isEmpty());
        Peer viewer = peers.read(List.of(TestPeers.VP8), this::exchanged);
        Await.until("the viewer", () -> viewer.connected);
        AtomicInteger sequence = new AtomicInteger();
        Await.until(
                "the picture",
                () -> { // the first may be too early: the server may not know the viewer yet
                    publisher.send(sequence.incrementAndGet(), true);
                    return !viewer.received.isEmpty();
                });
    }

    private String exchanged(String offer) {
        return server.exchange(LIVE, Optional.empty(), offer).sdp();
    }

    @Test
    void aSessionIsEndedByTheNameThatTablesShow() {
        Peer publisher = publisher();
        String shown = server.sessions().getFirst().shortId();
        assertTrue(shown.matches("[0-9a-f]{8}"), shown);
        assertFalse(server.kick("nobody"));
        assertTrue(server.kick(shown));
        Await.until("close_notify at the publisher", () -> "the peer left".equals(publisher.closedReason));
        assertFalse(server.kick(shown));
    }

    @Test
    void whoWasSentAwayIsToldWhyAndWhoLeftIsForgotten() {
        List<String> ids = new ArrayList<>();
        Peer publisher = peers.publish(TestPeers.VP8, offer -> remembered(ids, server.publish(LIVE, offer)));
        Await.until("the publisher", () -> publisher.connected);
        paths.stream(LIVE).orElseThrow().source().close(Source.STOPPED_BY_OWNER);
        Await.until("close_notify at the publisher", () -> "the peer left".equals(publisher.closedReason));
        assertRefused(SignalingException.Kind.DISMISSED, ids.getFirst());

        Await.until("the path to be free", () -> paths.list().isEmpty());
        peers.publish(TestPeers.VP8, offer -> remembered(ids, server.publish(LIVE, offer)));
        assertTrue(server.kick(server.sessions().getFirst().shortId()));
        assertRefused(SignalingException.Kind.DISMISSED, ids.get(1));

        peers.publish(TestPeers.VP8, offer -> remembered(ids, server.publish(LIVE, offer)));
        assertTrue(server.end(ids.get(2)));
        assertRefused(SignalingException.Kind.UNKNOWN_SESSION, ids.get(2));
    }

    private static String remembered(List<String> ids, SessionAnswer answer) {
        ids.add(answer.sessionId());
        return answer.sdp();
    }

    private void assertRefused(SignalingException.Kind kind, String id) {
        assertEquals(
                kind,
                assertThrows(SignalingException.class, () -> server.pathOf(id)).kind());
    }

    @Test
    void moreSessionsThanAllowedAreRefusedBeforeTheyTakeAnything() {
        try (WebRtcServer small = WebRtcServer.start(paths, 0, IceOptions.DEFAULT, new SessionLimits(0))) {
            SignalingException e = assertThrows(
                    SignalingException.class,
                    () -> peers.publish(
                            TestPeers.VP8, offer -> small.publish(LIVE, offer).sdp()));
            assertEquals(SignalingException.Kind.TOO_MANY_SESSIONS, e.kind());
            assertTrue(paths.stream(LIVE).isEmpty());
        }
    }

    @Test
    void aViewerThatThePathRefusesLeavesNothingBehind() {
        try (PathManager narrow = new PathManager(new PathRules(false, 1));
                WebRtcServer small = WebRtcServer.start(narrow, 0, 1)) {
            peers.publish(TestPeers.VP8, offer -> small.publish(LIVE, offer).sdp());
            Peer first = peers.read(
                    List.of(TestPeers.VP8), offer -> small.read(LIVE, offer).sdp());
            Await.until("the first viewer", () -> first.connected);
            assertThrows(
                    PathFullException.class,
                    () -> peers.read(List.of(TestPeers.VP8), offer -> small.read(LIVE, offer)
                            .sdp()));
            assertEquals(1, small.fanoutViewers());
            assertEquals(2, small.sessions().size());
            small.sessions().stream()
                    .filter(session -> !session.publisher())
                    .forEach(session -> assertTrue(small.kick(session.shortId())));
            assertEquals(0, small.fanoutViewers());
        }
    }

    @Test
    void refusalsSayWhatIsWrong() {
        assertEquals(
                SignalingException.Kind.BAD_SDP,
                assertThrows(SignalingException.class, () -> server.publish(LIVE, "v=0\r\nnonsense"))
                        .kind());
        assertThrows(NoStreamException.class, () -> peers.read(List.of(TestPeers.VP8), this::read));
        publisher();
        assertThrows(PathTakenException.class, this::publisher);
        SignalingException e =
                assertThrows(SignalingException.class, () -> peers.read(List.of(TestPeers.H264), this::read));
        assertEquals(SignalingException.Kind.NO_COMMON_CODEC, e.kind());
        assertThrows(SignalingException.class, () -> server.trickle("nobody", "a=end-of-candidates\r\n"));
        assertEquals(1, server.sessions().size(), "refused offers leave nothing behind");
    }

    @Test
    void aTakenPortIsRefusedAndStartsNothing() {
        assertThrows(UncheckedIOException.class, () -> WebRtcServer.start(paths, server.udpPort()));
    }

    @Test
    void garbageOnThePortDisturbsNobody() throws Exception {
        Peer publisher = publisher();
        Peer viewer = viewer();
        Random random = new Random(3);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 2_000; i++) {
                byte[] data = new byte[random.nextInt(1_400)];
                random.nextBytes(data);
                if (data.length > 0) {
                    data[0] = (byte) new int[] {0, 1, 22, 128, 255}[i % 5];
                }
                socket.send(new java.net.DatagramPacket(
                        data, data.length, java.net.InetAddress.getLoopbackAddress(), server.udpPort()));
            }
        }
        publisher.send(1, true);
        Await.until("the picture", () -> viewer.received.size() == 1);
    }

    @Test
    void aViewerWhoseCodecIsGoneIsToldToConnectAgain() {
        paths.publish(LIVE, new RecordingSource("test", true), List.of(new Track(0, TestPeers.VP8, Map.of())));
        Peer viewer = viewer();
        paths.publish(LIVE, new RecordingSource("other", true), List.of(new Track(0, TestPeers.H264, Map.of())));
        Await.until("close_notify at the viewer", () -> "the peer left".equals(viewer.closedReason));
        assertNothingLeft();
    }

    @Test
    void aPublisherThatLosesItsPathAtOnceIsClosed() {
        RecordingSource first = new RecordingSource("test", true);
        paths.publish(LIVE, first, List.of(new Track(0, TestPeers.VP8, Map.of())));
        paths.addReader(LIVE, new RecordingReader() {
            @Override
            public void streamStarted(Stream stream) {
                stream.source().close(); // before the publisher's session has its transport
            }
        });
        peers.publish(TestPeers.VP8, offer -> server.publish(LIVE, offer).sdp());
        assertNothingLeft();
    }

    @Test
    void aSessionWhoseHandlerFailsIsClosed() {
        publisher();
        Peer viewer = viewer();
        viewer.tickFailure = new IllegalStateException("thrown by a test");
        Await.until("the session to end", () -> viewer.closedReason != null);
        assertTrue(viewer.closedReason.contains("internal error"), viewer.closedReason);
        Await.until("the server to hear it", () -> server.sessions().size() == 1);
    }

    @Test
    void aSessionIsClosedThoughItsLoopHasTooMuchToDo() {
        publisher();
        Peer viewer = viewer();
        CountDownLatch go = new CountDownLatch(1);
        viewer.transport.execute(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        while (viewer.transport.execute(() -> {})) {
            Thread.onSpinWait();
        }
        viewer.transport.close("closed in time of need");
        go.countDown();
        Await.until("the session to end", () -> "closed in time of need".equals(viewer.closedReason));
    }

    @Test
    void closingSaysGoodbyeToEveryPeer() {
        Peer publisher = publisher();
        List<Peer> viewers = java.util.stream.Stream.generate(() -> peers.read(List.of(TestPeers.VP8), this::read))
                .limit(20)
                .toList();
        viewers.forEach(viewer -> Await.until("the viewer to connect", () -> viewer.connected));
        long startedNanos = System.nanoTime();
        server.close();
        assertTrue(System.nanoTime() - startedNanos < 3_000_000_000L, "closing takes a moment");
        Await.until("close_notify at the publisher", () -> "the peer left".equals(publisher.closedReason));
        for (Peer viewer : viewers) {
            Await.until("close_notify at a viewer", () -> "the peer left".equals(viewer.closedReason));
        }
        Await.until("the path to be empty", () -> paths.list().isEmpty());
    }

    private void assertNothingLeft() {
        Await.until("the session to leave the table", () -> server.sessions().isEmpty());
    }

    private Peer publisher() {
        Peer peer = peers.publish(
                TestPeers.VP8, offer -> server.publish(LIVE, offer).sdp());
        Await.until("the publisher to connect", () -> peer.connected);
        return peer;
    }

    private Peer viewer() {
        Peer peer = peers.read(List.of(TestPeers.VP8), this::read);
        Await.until("the viewer to connect", () -> peer.connected);
        TestPeers.awaitConnected(server);
        return peer;
    }

    private String read(String offer) {
        return server.read(LIVE, offer).sdp();
    }
}
