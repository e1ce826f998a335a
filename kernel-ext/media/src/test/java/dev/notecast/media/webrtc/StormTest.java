package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.TestPeers.Peer;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.srtp.SrtpSender;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stranger or a hostile peer can send in masses: others are served meanwhile, and nothing of it stays. */
class StormTest {
    private static final PathName LIVE = new PathName("live");
    private static final byte[] ANY_PASSWORD = "aaaaaaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII);

    private final PathManager paths = new PathManager();
    private final WebRtcServer server = WebRtcServer.start(paths, 0, 1);
    private final TestPeers peers = new TestPeers();
    private final List<SessionAnswer> answers = new ArrayList<>();

    @AfterEach
    void close() {
        peers.close();
        paths.close();
        server.close();
    }

    @Test
    void aHundredThousandChecksWithWrongIntegrityAreDroppedWithoutAWord() throws IOException {
        Peer publisher = publisher();
        byte[] check = Stranger.check(answers.getFirst().sdp(), ANY_PASSWORD);
        try (DatagramSocket stranger = Stranger.socket(server.udpPort())) {
            DatagramPacket packet = new DatagramPacket(check, check.length);
            for (int i = 0; i < 50_000; i++) {
                stranger.send(packet);
            }
            Peer viewer = viewer(); // in the middle of it
            for (int i = 0; i < 50_000; i++) {
                stranger.send(packet);
            }
            AtomicInteger number = new AtomicInteger();
            Await.until(
                    "the picture",
                    () -> { // the system drops some while its buffer is full of the others
                        publisher.send(number.incrementAndGet(), true);
                        return !viewer.received.isEmpty();
                    });
            Stranger.assertSilence(stranger);
        }
        assertEquals(2, server.sessions().size());
    }

    @Test
    void helloOfThoseWithoutACheckBeginNoHandshake() throws IOException {
        publisher();
        byte[] hello = Stranger.hello();
        int threads = threads("notecast-dtls-");
        try (DatagramSocket stranger = Stranger.socket(server.udpPort())) {
            DatagramPacket packet = new DatagramPacket(hello, hello.length);
            for (int i = 0; i < 10_000; i++) {
                stranger.send(packet);
            }
            viewer();
            Stranger.assertSilence(stranger);
        }
        int more = threads("notecast-dtls-") - threads;
        assertTrue(more <= 2, more + " threads, where the two ends of the viewer's handshake need one each");
    }

    /** As many as one address may have: each peer proves its ICE password, says hello, and then nothing more. */
    @Test
    void handshakesThatFallSilentHoldUpNobody() throws IOException {
        publisher();
        byte[] hello = Stranger.hello();
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                SessionAnswer answer = server.read(LIVE, Stranger.OFFER);
                DatagramSocket socket = Stranger.socket(server.udpPort());
                sockets.add(socket);
                byte[] check = Stranger.check(answer.sdp(), Stranger.password(answer.sdp()));
                Await.until("the answer to a check", () -> Stranger.isAnswered(socket, check));
                for (int times = 0; times < 160; times++) {
                    socket.send(new DatagramPacket(hello, hello.length));
                }
                answers.add(answer);
            }
            Peer viewer = peers.read(
                    List.of(TestPeers.VP8), offer -> server.read(LIVE, offer).sdp());
            Await.until("a viewer that speaks", Duration.ofSeconds(15), () -> viewer.connected);
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
        answers.stream().skip(1).forEach(answer -> server.end(answer.sessionId()));
        Await.until("the silent to be gone", () -> server.sessions().size() == 2);
    }

    @Test
    void aThousandCandidatesInOneFragmentDisturbNobody() {
        Peer publisher = publisher();
        StringBuilder fragment = new StringBuilder();
        for (int i = 1; i <= 1_000; i++) {
            fragment.append("a=candidate:1 1 udp ")
                    .append(i)
                    .append(" 127.0.0.1 ")
                    .append(i)
                    .append(" typ host\r\n");
        }
        for (int i = 0; i < 50; i++) {
            server.trickle(answers.getFirst().sessionId(), fragment.toString());
        }
        Peer viewer = viewer();
        publisher.send(1, true);
        Await.until("the picture", () -> viewer.received.size() == 1);
        assertNull(publisher.closedReason);
    }

    @Test
    void tenThousandSourcesInOneSessionAreSixtyFourAtMost() {
        Peer publisher = publisher();
        Peer viewer = viewer();
        publisher.send(1, true);
        Await.until("the picture", () -> viewer.received.size() == 1);
        long before = usedBytes();
        for (int ssrc = 1; ssrc <= 10_000; ssrc++) {
            sendFrom(publisher, ssrc);
        }
        AtomicInteger number = new AtomicInteger();
        Await.until(
                "the true source's picture",
                () -> { // the system drops some while its buffer is full of the others
                    publisher.send(2 + number.getAndIncrement() % 100, true);
                    return viewer.received.stream().anyMatch(packet -> packet.data()[packet.payloadOffset() + 2] > 1);
                });
        long strange = viewer.received.stream()
                .filter(packet -> packet.data()[packet.payloadOffset() + 2] == 1)
                .count();
        assertTrue(strange < 100, strange + " packets of one source");
        assertTrue(usedBytes() - before < 32 << 20, "memory is back where it was");
    }

    @Test
    void whatAStormOfNacksIsSentAgainIsAShareOfTheStream() {
        Peer publisher = publisher();
        Peer viewer = viewer();
        for (int i = 1; i <= 200; i++) {
            publisher.sendLong(i, i == 1, 1_000);
        }
        Await.until("the stream", () -> viewer.received.size() == 200);
        int ssrc = viewer.received.getFirst().ssrc();
        List<Integer> all =
                viewer.received.stream().map(RtpPacket::sequenceNumber).toList();
        for (int i = 0; i < 2_000; i++) {
            viewer.sendRtcp(new Nack(1, ssrc, all));
        }
        viewer.sendRtcp(new PictureLossIndication(1, ssrc)); // the last thing, and it is heard
        Await.until("a PLI", () -> plis(publisher) > 0);
        assertTrue(viewer.received.size() < 2 * 200, viewer.received.size() + " packets, 400000 were asked for");
    }

    @Test
    void aStormOfKeyframeRequestsIsAFewForThePublisher() {
        Peer publisher = publisher();
        List<Peer> viewers = List.of(viewer(), viewer(), viewer());
        publisher.send(1, true);
        viewers.forEach(viewer -> Await.until("the picture", () -> viewer.received.size() == 1));
        publisher.rtcp.clear();
        long began = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            for (Peer viewer : viewers) {
                viewer.sendRtcp(
                        new PictureLossIndication(1, viewer.received.getFirst().ssrc()));
            }
        }
        Await.until("a second PLI", () -> plis(publisher) > 1);
        long windows = (System.nanoTime() - began) / 350_000_000L; // one in each is let through
        assertTrue(plis(publisher) <= windows + 2, plis(publisher) + " PLIs in " + windows + " windows");
    }

    @Test
    void whatAnswersHoldIsNotPrinted() {
        publisher();
        SessionAnswer answer = answers.getFirst();
        assertFalse(answer.toString().contains(answer.sessionId()), answer.toString());
        String password = Stranger.value(answer.sdp(), "ice-pwd");
        assertFalse(answer.toString().contains(password), answer.toString());
        RestartAnswer restarted = server.restart(answer.sessionId(), restart(0)).orElseThrow();
        assertFalse(restarted.toString().contains("pwd"), restarted.toString());
    }

    @Test
    void restartsInALoopAreOneASecond() {
        publisher();
        String id = answers.getFirst().sessionId();
        assertTrue(server.restart(id, restart(0)).isPresent());
        for (int i = 1; i < 1_000; i++) {
            String next = restart(i);
            SignalingException e = assertThrows(SignalingException.class, () -> server.restart(id, next));
            assertEquals(SignalingException.Kind.TOO_OFTEN, e.kind());
        }
    }

    private static String restart(int number) {
        return "a=ice-ufrag:n" + (1_000 + number) + "\r\na=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa\r\n";
    }

    private static void sendFrom(Peer peer, int ssrc) {
        byte[] payload = {0x10, 0, 1, 4};
        RtpPacket packet = RtpPacket.of(peer.payloadType, true, 1, 1, ssrc, payload);
        byte[] data = Arrays.copyOf(packet.data(), packet.length() + SrtpSender.MAX_OVERHEAD);
        while (!peer.transport.execute(() -> peer.transport.sendRtp(data, 0, packet.length()))) {
            Thread.onSpinWait();
        }
    }

    private static long plis(Peer publisher) {
        return publisher.rtcp.stream()
                .filter(PictureLossIndication.class::isInstance)
                .count();
    }

    private static int threads(String prefix) {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private Peer publisher() {
        Peer peer = peers.publish(TestPeers.VP8, offer -> {
            SessionAnswer answer = server.publish(LIVE, offer);
            answers.add(answer);
            return answer.sdp();
        });
        Await.until("the publisher to connect", () -> peer.connected);
        return peer;
    }

    private Peer viewer() {
        Peer peer = peers.read(
                List.of(TestPeers.VP8), offer -> server.read(LIVE, offer).sdp());
        Await.until("the viewer to connect", () -> peer.connected);
        TestPeers.awaitConnected(server);
        return peer;
    }
}
