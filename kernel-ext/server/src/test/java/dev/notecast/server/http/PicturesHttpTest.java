package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.frame.JpegOptions;
import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
        media.ended = true;
        server.close();
    }

    @Test
    void aStreamIsPartsWithTheirLengths() throws IOException {
        try (Socket socket = get("/live/stream.mjpg?width=320&q=70&fps=10").open()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String head = RawHttp.readHead(in);
            assertTrue(head.startsWith("HTTP/1.1 200"), head);
            assertTrue(head.contains("multipart/x-mixed-replace; boundary=notecast-frame"), head);
            assertEquals(new JpegOptions(320, 70, 10), media.lastOptions);
            for (int part = 1; part <= 3; part++) {
                assertEquals(
                        "--notecast-frame\r\nContent-Type: image/jpeg\r\nContent-Length: 1000\r\n\r\n", partHead(in));
                byte[] jpeg = new byte[1000];
                in.readFully(jpeg);
                assertEquals(part, jpeg[0]);
                assertArrayEquals(new byte[] {'\r', '\n'}, in.readNBytes(2));
            }
        }
        await("the reader to be closed after its client", () -> media.openReaders.get() == 0);
    }

    /** The head of a part comes right behind the boundary, that is after the chunk that ended the part before. */
    private static String partHead(DataInputStream in) throws IOException {
        return RawHttp.readHead(in);
    }

    @Test
    void aClientThatNeverReadsHoldsOnePictureAndIsDropped() throws IOException {
        media.jpegBytes = 1 << 20;
        try (Socket socket = get("/live/stream.mjpg").open()) {
            await("the stream to begin", () -> media.framesTaken.get() > 0);
            await("the client that does not read to be dropped", () -> media.openReaders.get() == 0);
            assertTrue(
                    media.framesTaken.get() < 20,
                    media.framesTaken.get() + " MiB were taken for a client that reads none");
            assertTrue(socket.isConnected());
        }
    }

    @Test
    void aSnapshotIsOneJpeg() throws IOException {
        RawHttp.Answer answer = get("/snapshot.jpg").send();
        assertEquals(200, answer.status());
        assertEquals("image/jpeg", answer.header("Content-Type").orElseThrow());
        assertEquals("1000", answer.header("Content-Length").orElseThrow());
        assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
        assertEquals(0, media.openReaders.get());
    }

    @Test
    void whyThereIsNoPictureIsSaid() throws IOException {
        for (String name : new String[] {"stream.mjpg", "snapshot.jpg"}) {
            RawHttp.Answer empty = get("/empty/" + name).send();
            assertEquals(404, empty.status());
            assertEquals("no stream on path 'empty'\n", empty.body());
            RawHttp.Answer blind = get("/blind/" + name).send();
            assertEquals(503, blind.status());
            assertTrue(blind.body().contains("no picture yet"), blind.body());
            assertEquals(
                    "text/plain;charset=utf-8",
                    blind.header("Content-Type").orElseThrow().replace(" ", ""));
            assertEquals(
                    405,
                    RawHttp.request(server.port(), "POST", "/live/" + name)
                            .send()
                            .status());
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
            media.ended = true;
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream()); // ends, or times out
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
            await("the reader to be closed", () -> media.openReaders.get() == 0);
        }
    }

    @Test
    void closingDoesNotWaitForClientsThatNeverRead() throws IOException {
        media.jpegBytes = 4 << 20; // more than every buffer on the way
        try (Socket first = get("/live/stream.mjpg").open();
                Socket second = get("/live/stream.mjpg").open()) {
            await("both to be stuck in a write", () -> media.framesTaken.get() >= 2);
            long started = System.nanoTime();
            server.close();
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.compareTo(Duration.ofSeconds(4)) < 0, "closing took " + took);
            await("the readers to be closed", () -> media.openReaders.get() == 0);
            assertTrue(first.isConnected() && second.isConnected());
        }
    }

    private RawHttp get(String target) {
        return RawHttp.request(server.port(), "GET", target);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited 8 s for " + what);
            Thread.onSpinWait();
        }
    }
}
