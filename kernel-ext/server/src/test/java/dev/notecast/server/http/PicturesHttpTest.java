package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.egress.mjpeg.MjpegStatus;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PicturesHttpTest {
    private static final Duration IDLE_TIMEOUT = Duration.ofMillis(500);

    private final FakeMedia media = new FakeMedia();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        server = HttpServer.start(config, new AccessPolicy(config, Clock.systemUTC()), media, IDLE_TIMEOUT);
    }

    @AfterEach
    void stop() {
        media.input.ended = true;
        media.pictures.close();
        server.close();
    }

    @Test
    void aStreamIsPartsWithTheirLengths() throws IOException {
        try (Socket socket = get("/live/stream.mjpg?width=320&q=70&fps=10").open()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String head = RawHttp.readHead(in);
            assertTrue(head.startsWith("HTTP/1.1 200"), head);
            assertTrue(head.contains("multipart/x-mixed-replace; boundary=notecast-frame"), head);
            assertTrue(head.contains("Connection: close") && !head.contains("chunked"), head);
            assertEquals(new JpegOptions(320, 70, 10), media.lastOptions);
            int before = 0;
            for (int part = 1; part <= 3; part++) {
                String header = RawHttp.readHead(in);
                String expected = "--notecast-frame\r\nContent-Type: image/jpeg\r\nContent-Length: 1000\r\n"
                        + "X-Timestamp: [0-9]+\\.[0-9]{3}\r\n\r\n";
                assertTrue(header.matches(expected), header);
                byte[] jpeg = new byte[1000];
                in.readFully(jpeg);
                assertTrue(
                        jpeg[0] > before,
                        "a picture may be skipped while the one before is on its way, none comes again");
                before = jpeg[0];
                assertArrayEquals(new byte[] {'\r', '\n'}, in.readNBytes(2));
            }
        }
        await("the reader to be closed after its client", () -> media.openReaders() == 0);
    }

    @Test
    void aClientThatNeverReadsHoldsOnePictureAndIsDropped() throws IOException {
        media.input.jpegBytes = 1 << 20;
        try (Socket socket = get("/live/stream.mjpg").open()) {
            await("the stream to begin", () -> media.input.framesTaken.get() > 0);
            await("the client that does not read to be dropped", () -> media.openReaders() == 0);
            assertTrue(
                    media.input.framesTaken.get() < 20,
                    media.input.framesTaken.get() + " MiB were taken for a client that reads none");
            assertTrue(socket.isConnected());
        }
    }

    @Test
    void aSlowClientSkipsAndTheOthersDoNot() throws IOException {
        media.input.jpegBytes = 1 << 20;
        try (Socket slow = get("/live/stream.mjpg?fps=100").open();
                Socket quick = get("/live/stream.mjpg?fps=100").open()) {
            RawHttp.readHead(slow.getInputStream());
            InputStream in = quick.getInputStream();
            RawHttp.readHead(in);
            for (int part = 0; part < 30; part++) {
                slow.getInputStream().readNBytes(16 * 1024); // else it would be dropped
                RawHttp.readHead(in);
                assertEquals(1 << 20, in.readNBytes(1 << 20).length);
                assertArrayEquals(new byte[] {'\r', '\n'}, in.readNBytes(2));
            }
            MjpegStatus status = media.pictures.status().getFirst();
            assertEquals(2, status.viewers());
            assertTrue(status.sent() < 45, status.sent() + " pictures of 1 MiB were sent, 30 were taken");
        }
    }

    @Test
    void clientsOfHttp10AndHeadAreAnswered() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(RawHttp.DEADLINE_MILLIS);
            socket.getOutputStream()
                    .write("GET /live/stream.mjpg HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String head = RawHttp.readHead(socket.getInputStream());
            assertTrue(head.contains(" 200 "), head);
            assertTrue(RawHttp.readHead(socket.getInputStream()).startsWith("--notecast-frame\r\nContent-Type"));
        }
        RawHttp.Answer answer =
                RawHttp.request(server.port(), "HEAD", "/live/stream.mjpg").send();
        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Type").orElseThrow().startsWith("multipart/x-mixed-replace"));
    }

    @Test
    void aStoppedPathEndsItsClients() throws IOException {
        try (Socket socket = get("/live/stream.mjpg").open()) {
            RawHttp.readHead(socket.getInputStream());
            await("a picture", () -> media.input.framesTaken.get() > 1);
            media.pictures.stop(new PathName("live"));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // ends, or times out
        }
    }

    @Test
    void oneClientTooManyIsToldToComeBackAndGetsInWhenAnotherLeaves() throws IOException {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 256; i++) {
                clients.add(get("/live/stream.mjpg?fps=1").open());
                assertTrue(RawHttp.readHead(clients.getLast().getInputStream()).startsWith("HTTP/1.1 200"));
            }
            for (String name : new String[] {"stream.mjpg", "snapshot.jpg"}) {
                RawHttp.Answer refused = get("/live/" + name).send();
                assertEquals(503, refused.status());
                assertEquals("5", refused.header("Retry-After").orElseThrow());
                assertEquals("256 clients take pictures already\n", refused.body());
            }
            clients.removeLast().close();
            await("room for another client", () -> snapshotStatus() == 200);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private int snapshotStatus() {
        try {
            return get("/live/snapshot.jpg").send().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsLeftOutIsAsThePathWasStarted() throws IOException {
        media.pictures.start(new PathName("live"), new JpegOptions(320, 60, 5));
        assertEquals(200, get("/live/snapshot.jpg?q=50").send().status());
        assertEquals(new JpegOptions(320, 50, 5), media.lastOptions);
    }

    @Test
    void aSnapshotIsOneJpeg() throws IOException {
        RawHttp.Answer answer = get("/snapshot.jpg").send();
        assertEquals(200, answer.status());
        assertEquals("image/jpeg", answer.header("Content-Type").orElseThrow());
        assertEquals("1000", answer.header("Content-Length").orElseThrow());
        assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
        assertEquals(0, media.openReaders());
    }

    @Test
    void whyThereIsNoPictureIsSaid() throws IOException {
        for (String name : new String[] {"stream.mjpg", "snapshot.jpg"}) {
            RawHttp.Answer empty = get("/empty/" + name).send();
            assertEquals(404, empty.status());
            assertEquals("no stream on path 'empty'\n", empty.body());
            assertEquals(
                    405,
                    RawHttp.request(server.port(), "POST", "/live/" + name)
                            .send()
                            .status());
        }
        Stream.of("stream.mjpg", "snapshot.jpg").parallel().forEach(this::assertToldThatThereIsNoneYet);
    }

    /** After five seconds in which one could have come. */
    private void assertToldThatThereIsNoneYet(String name) {
        try {
            RawHttp.Answer blind = get("/blind/" + name).send();
            assertEquals(503, blind.status());
            assertTrue(blind.body().contains("no picture yet"), blind.body());
            assertEquals(
                    "text/plain;charset=utf-8",
                    blind.header("Content-Type").orElseThrow().replace(" ", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSnapshotOfTheDefaultPathIsNeverMissingOnlyNotThereYet() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0).withDefaultPath(FakeMedia.EMPTY);
        try (HttpServer other =
                HttpServer.start(config, new AccessPolicy(config, Clock.systemUTC()), media, IDLE_TIMEOUT)) {
            RawHttp.Answer answer =
                    RawHttp.request(other.port(), "GET", "/snapshot.jpg").send();
            assertEquals(503, answer.status());
            assertEquals("2", answer.header("Retry-After").orElseThrow());
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() throws IOException {
        for (String query : new String[] {"q=0", "q=101", "fps=0", "fps=x", "width=15", "width=7681", "width=-1"}) {
            RawHttp.Answer answer = get("/live/snapshot.jpg?" + query).send();
            assertEquals(400, answer.status(), query);
            assertEquals(1, answer.body().lines().count());
        }
    }

    @Test
    void aStreamEndsWithItsPath() throws IOException {
        try (Socket socket = get("/live/stream.mjpg").open()) {
            RawHttp.readHead(socket.getInputStream());
            media.input.ended = true;
            socket.getInputStream().transferTo(OutputStream.nullOutputStream()); // ends, or times out
        }
    }

    @Test
    void closingWaitsForNoClient() throws IOException {
        try (Socket idle = new Socket("127.0.0.1", server.port());
                Socket watching = get("/live/stream.mjpg").open()) {
            idle.setSoTimeout(RawHttp.DEADLINE_MILLIS);
            idle.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertTrue(RawHttp.readHead(idle.getInputStream()).startsWith("HTTP/1.1 200"));
            RawHttp.readHead(watching.getInputStream());
            long begin = System.nanoTime();
            server.close();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis < 1500, "closing took " + millis + " ms");
            await("the reader to be closed", () -> media.openReaders() == 0);
        }
    }

    @Test
    void closingDoesNotWaitForClientsThatNeverRead() throws IOException {
        media.input.jpegBytes = 4 << 20; // more than every buffer on the way
        try (Socket first = get("/live/stream.mjpg").open();
                Socket second = get("/live/stream.mjpg").open()) {
            await(
                    "both to be stuck in a write",
                    () -> sent() >= 4); // each one to look whether there is any, and one to be written
            long started = System.nanoTime();
            server.close();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, "closing took " + took);
            await("the readers to be closed", () -> media.openReaders() == 0);
            assertTrue(first.isConnected() && second.isConnected());
        }
    }

    private long sent() {
        return media.pictures.status().stream().mapToLong(MjpegStatus::sent).sum();
    }

    private RawHttp get(String target) {
        return RawHttp.request(server.port(), "GET", target);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited 30 s for " + what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
