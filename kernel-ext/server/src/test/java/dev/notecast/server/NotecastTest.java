package dev.notecast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.IceOptions;
import dev.notecast.media.webrtc.TcpMode;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.config.TokenMode;
import dev.notecast.server.port.Ports;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotecastTest {
    private static final ServerConfig ANY_PORTS =
            ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0);
    private static final PathName LIVE = new PathName("live");
    private static final Duration DEADLINE = Duration.ofSeconds(60); // FFmpeg is unpacked on a slow disk

    @AfterEach
    void close() {
        Notecast.running().ifPresent(Notecast::close);
    }

    @Test
    void publishesTheTestPictureShowsItAndLeavesNothingBehind() throws Exception {
        Notecast server = Notecast.start(ANY_PORTS);
        assertEquals(Optional.of(server), Notecast.running());
        server.publishTest(LIVE, new TestOptions(Codec.VP8, 320, 180, 15, 300_000));

        StreamStatus stream = server.streams().getFirst();
        assertEquals(LIVE, stream.path());
        assertEquals(Optional.of("test"), stream.publisher());
        assertEquals(List.of("VP8", "opus"), stream.codecs());
        assertEquals(0, stream.decodedFrames(), "nothing is decoded before somebody needs pixels");
        byte[] jpeg = server.snapshot(LIVE, JpegOptions.DEFAULT, DEADLINE);
        assertEquals(0xFFD8, (jpeg[0] & 0xFF) << 8 | jpeg[1] & 0xFF);
        await("a bitrate", () -> server.streams().getFirst().bitrateBps() > 0);
        StreamStatus after = server.streams().getFirst();
        assertEquals(Optional.of(new StreamStatus.VideoSize(320, 180)), after.videoSize());
        assertTrue(after.decodedFrames() > 0);
        assertEquals(1, server.status().streams());

        assertTrue(server.stopPublishing(LIVE));
        await("the stream to end", () -> !server.stopPublishing(LIVE));
        assertThrows(NotecastException.class, () -> server.openMjpeg(LIVE, JpegOptions.DEFAULT));

        server.close();
        server.close();
        assertEquals(Optional.empty(), Notecast.running());
        new ServerSocket(server.config().httpPort(), 1, InetAddress.getLoopbackAddress()).close();
        new DatagramSocket(server.config().udpPort()).close();
        await("every thread to end, still there: " + threads(), () -> threads().isEmpty());
    }

    /** As the hooks of a JVM that ends do, one of which may halt it. */
    @Test
    void whoClosesItBesideAnotherComesBackWhenAllIsClosed() throws Exception {
        Notecast server = Notecast.start(ANY_PORTS);
        CyclicBarrier atOnce = new CyclicBarrier(2);
        Callable<Boolean> close = () -> {
            atOnce.await();
            server.close();
            return Notecast.running().isEmpty();
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Boolean> each : threads.invokeAll(List.of(close, close))) {
                assertTrue(each.get(), "came back while it was being closed");
            }
        }
    }

    @Test
    void snapshotsAreAsWideAsTheyAreAskedFor() throws Exception {
        Notecast server = Notecast.start(ANY_PORTS);
        server.publishTest(LIVE, new TestOptions(Codec.VP8, 320, 180, 15, 300_000));
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String query : List.of("", "?width=160", "?width=160&q=20")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(server.snapshotUrl(LIVE) + query))
                        .timeout(DEADLINE)
                        .build();
                byte[] jpeg = http.send(request, HttpResponse.BodyHandlers.ofByteArray())
                        .body();
                BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
                assertEquals(query.isEmpty() ? 320 : 160, picture.getWidth(), query);
                assertEquals(query.isEmpty() ? 180 : 90, picture.getHeight(), query);
            }
        }
    }

    @Test
    void addressesLeadToThisServer() throws Exception {
        Notecast server = Notecast.start(ANY_PORTS.withToken(new TokenMode.Secret("correct-horse")));
        URI base = server.baseUrl();
        assertEquals(URI.create(base + "class/cam1/whip"), server.whipUrl(new PathName("class/cam1")));
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertEquals(200, status(http, server.viewUrl(LIVE), ""));
            assertEquals(
                    200,
                    status(http, base.resolve("health"), server.serverToken().orElseThrow()));
            String reader = server.accessToken(new Scope.Read(LIVE), Duration.ofMinutes(1));
            assertEquals(404, status(http, server.snapshotUrl(LIVE), reader));
            assertEquals(403, status(http, server.snapshotUrl(new PathName("other")), reader));
        }
    }

    @Test
    void oneServerRunsAtATime() {
        Notecast server = Notecast.start(ANY_PORTS);
        String message = assertThrows(NotecastException.class, () -> Notecast.start(ANY_PORTS))
                .getMessage();
        assertTrue(message.contains(server.baseUrl().toString()), message);
    }

    @Test
    void ooblexPortsAreServedTooAndNamedWhenTheyAreTaken() throws Exception {
        List<Integer> ports = ServerConfig.OOBLEX_PORTS;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int port : ports) {
            assumeTrue(Ports.isFreeTcp("127.0.0.1", port), "somebody else has port " + port);
        }
        ServerConfig both = ANY_PORTS.withOoblexPorts(true);
        try (ServerSocket taken = new ServerSocket(ports.getLast(), 1, loopback)) {
            String message = assertThrows(NotecastException.class, () -> Notecast.start(both))
                    .getMessage();
            assertTrue(message.startsWith("port " + taken.getLocalPort() + " is taken by "), message);
            assertTrue(message.endsWith("--ooblex needs it"), message);
        }
        for (ServerConfig config : List.of(both, both.withHttpPort(ports.getFirst()))) {
            try (Notecast server = Notecast.start(config);
                    HttpClient http = HttpClient.newHttpClient()) {
                assertEquals(200, status(http, server.baseUrl().resolve("health"), ""));
                for (int port : ports) {
                    assertEquals(200, status(http, URI.create("http://127.0.0.1:" + port + "/health"), ""));
                }
                assertEquals(config.httpPort() != 0, server.config().httpPort() == ports.getFirst());
            }
        }
    }

    @Test
    void httpAndWebRtcOverTcpGetAPortEach() throws Exception {
        int port = freePort();
        ServerConfig one = ANY_PORTS.withHttpPort(port);
        String both = refusal(one.withIce(IceOptions.DEFAULT.withTcp(new TcpMode.Port(port))));
        assertTrue(both.startsWith("--port and --tcp-port are both " + port + ","), both);
        assertTrue(both.matches(".*: --tcp-port \\d+ is free"), both);

        try (Notecast server = Notecast.start(one.withUdpPort(port));
                HttpClient http = HttpClient.newHttpClient()) {
            assertEquals(200, status(http, server.baseUrl().resolve("health"), ""));
            assertEquals(port, server.status().udpPort());
            int tcp = server.status().tcpPort().orElseThrow();
            assertTrue(tcp > port && !Ports.isFreeTcp("0.0.0.0", tcp), "WebRTC over TCP is on " + tcp);
        }
    }

    /** Free for TCP and UDP a moment ago. */
    private static int freePort() throws IOException {
        try (DatagramSocket udp = new DatagramSocket(0);
                ServerSocket tcp = new ServerSocket(udp.getLocalPort())) {
            return tcp.getLocalPort();
        }
    }

    @Test
    void aTakenPortIsNamedWithItsHolderAndAFreeOne() throws IOException {
        String self = "(pid " + ProcessHandle.current().pid() + ")";
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket(0)) {
            String http = refusal(ANY_PORTS.withHttpPort(tcp.getLocalPort()));
            assertTrue(http.matches("port " + tcp.getLocalPort() + " is taken by .*: --port \\d+ is free"), http);
            assertTrue(http.contains(self), http);
            String media = refusal(ANY_PORTS.withUdpPort(udp.getLocalPort()));
            assertTrue(media.startsWith("UDP port " + udp.getLocalPort() + " is taken by "), media);
            assertTrue(media.contains(self) && media.contains("--udp-port"), media);
        }
        assertEquals(Optional.empty(), Notecast.running());
        Notecast.start(ANY_PORTS); // a start that failed does not stand in the way
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        assertTrue(refusal(ANY_PORTS.withHost("192.0.2.77")).contains("--host"));
    }

    @Test
    void noTokenIsForThisMachineOnly() {
        assertTrue(refusal(ANY_PORTS.withHost("0.0.0.0").withToken(new TokenMode.None()))
                .contains("--token"));
    }

    private static String refusal(ServerConfig config) {
        return assertThrows(NotecastException.class, () -> Notecast.start(config))
                .getMessage();
    }

    private static int status(HttpClient http, URI url, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", token.isEmpty() ? "Basic none" : "Bearer " + token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("notecast-"))
                .sorted()
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited 30 s for " + what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
