package dev.notecast.vision.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an HTTP server that does what real ones sometimes do. */
@Timeout(60)
class DownloadTest {
    private static final int LENGTH = 300_000;

    @TempDir
    private Path folder;

    private final byte[] file = new byte[LENGTH];
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Path part;

    /** What the server does. */
    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange, String range) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(file);
        part = Files.createFile(folder.resolve("part"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(path + " " + range);
            try (exchange) {
                answer.to(exchange, range);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void get(long maxBytes, Duration deadline, Duration stall) throws Exception {
        URI from = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
        new Download(from, maxBytes, deadline, stall).to(part, share -> assertTrue(share > 0 && share <= 1));
    }

    private void get() throws Exception {
        get(LENGTH, Duration.ofSeconds(40), Duration.ofSeconds(20));
    }

    private String failure() {
        return assertThrows(FetchException.class, this::get).getMessage();
    }

    private void send(HttpExchange exchange, int from, int to, int announced) throws IOException {
        exchange.sendResponseHeaders(from == 0 ? 200 : 206, announced);
        exchange.getResponseBody().write(file, from, to - from);
        exchange.getResponseBody().flush();
    }

    @Test
    void comesWholeAndTellsHowFarItIs() throws Exception {
        serve("/file", (exchange, range) -> send(exchange, 0, LENGTH, LENGTH));
        List<Double> shares = new ArrayList<>();
        URI from = URI.create("http://localhost:" + server.getAddress().getPort() + "/file");
        new Download(from, LENGTH, Duration.ofSeconds(40)).to(part, shares::add);
        assertArrayEquals(file, Files.readAllBytes(part));
        assertEquals(1.0, shares.getLast());
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws Exception {
        serve("/file", (exchange, range) -> {
            exchange.getResponseHeaders().add("ETag", "\"a\"");
            if (range == null) {
                send(exchange, 0, 100_000, LENGTH);
            } else {
                int at = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                exchange.getResponseHeaders().add("Content-Range", "bytes " + at + "-299999/300000");
                send(exchange, at, LENGTH, LENGTH - at);
            }
        });
        get();
        assertArrayEquals(file, Files.readAllBytes(part));
        assertEquals(2, asked.size());
        assertTrue(asked.getLast().startsWith("/file bytes="), asked::toString);
    }

    @Test
    void beginsAnewWhereAServerCannotGoOn() throws Exception {
        serve("/file", (exchange, range) -> send(exchange, 0, asked.size() == 1 ? 100_000 : LENGTH, LENGTH));
        get();
        assertArrayEquals(file, Files.readAllBytes(part));
        assertEquals(List.of("/file null", "/file null"), asked);
    }

    @Test
    void beginsAnewWhenTheFileHasChanged() throws Exception {
        serve("/file", (exchange, range) -> { // a server that has another version answers 200 to If-Range
            exchange.getResponseHeaders().add("ETag", "\"" + asked.size() + "\"");
            send(exchange, 0, asked.size() == 1 ? 100_000 : LENGTH, LENGTH);
        });
        get();
        assertArrayEquals(file, Files.readAllBytes(part));
        assertTrue(asked.getLast().startsWith("/file bytes="), asked::toString);
    }

    @Test
    void takesAServerThatSendsNothingAnyMoreForBroken() throws Exception {
        serve("/file", (exchange, range) -> {
            if (asked.size() == 1) {
                send(exchange, 0, 1000, LENGTH);
                over.await();
            } else {
                send(exchange, 0, LENGTH, LENGTH);
            }
        });
        get(LENGTH, Duration.ofSeconds(40), Duration.ofMillis(300));
        assertArrayEquals(file, Files.readAllBytes(part));
    }

    @Test
    void endsAtItsDeadline() {
        serve("/file", (exchange, range) -> {
            send(exchange, 0, 1000, LENGTH);
            over.await();
        });
        String said = assertThrows(
                        FetchException.class, () -> get(LENGTH, Duration.ofSeconds(1), Duration.ofSeconds(30)))
                .getMessage();
        assertEquals("it took longer than 1 s from 127.0.0.1", said);
        assertEquals(1, asked.size());
    }

    @Test
    void readsNoMoreThanItMay() {
        serve("/file", (exchange, range) -> send(exchange, 0, LENGTH, LENGTH));
        String said = assertThrows(
                        FetchException.class, () -> get(LENGTH - 1, Duration.ofSeconds(40), Duration.ofSeconds(20)))
                .getMessage();
        assertTrue(said.startsWith("127.0.0.1 sends more than the"), said);
        assertEquals(0, part.toFile().length(), "read though its length was too large");
    }

    @Test
    void anEndlessAnswerEndsAtTheLimit() {
        serve("/file", (exchange, range) -> {
            exchange.sendResponseHeaders(200, 0); // chunked
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(file);
            }
        });
        String said = failure();
        assertTrue(said.startsWith("127.0.0.1 sends more than the"), said);
        assertTrue(part.toFile().length() <= LENGTH);
        assertEquals(1, asked.size(), "asked again for what is too large");
    }

    @Test
    void followsRedirectsFiveTimes() throws Exception {
        serve("/file", (exchange, range) -> redirect(exchange, "/1"));
        for (int i = 1; i < 5; i++) {
            String next = "/" + (i + 1);
            serve("/" + i, (exchange, range) -> redirect(exchange, next));
        }
        serve("/5", (exchange, range) -> send(exchange, 0, LENGTH, LENGTH));
        get();
        assertArrayEquals(file, Files.readAllBytes(part));
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    @Test
    void leavesACircle() {
        serve("/file", (exchange, range) -> redirect(exchange, "/file"));
        assertEquals("127.0.0.1 redirects more than 5 times", failure());
        assertEquals(6, asked.size());
    }

    @Test
    void isLedNowhereWithoutTls() {
        serve("/file", (exchange, range) -> redirect(exchange, "http://192.0.2.1/file"));
        assertEquals("'http://192.0.2.1/file' is not https", failure());
    }

    @Test
    void namesTheAnswer() {
        serve("/file", (exchange, range) -> exchange.sendResponseHeaders(404, -1));
        assertEquals("127.0.0.1 answered 404", failure());
        assertEquals(1, asked.size());
    }

    @Test
    void triesThreeTimesWhereAServerIsInTrouble() {
        serve("/file", (exchange, range) -> exchange.sendResponseHeaders(503, -1));
        assertEquals("127.0.0.1 answered 503", failure());
        assertEquals(3, asked.size());
    }

    @Test
    void saysThatTheServerCannotBeReached() {
        server.stop(0);
        assertEquals("127.0.0.1 cannot be reached: check the network", failure());
    }

    @Test
    void saysThatTheFileCannotBeWritten() throws IOException {
        serve("/file", (exchange, range) -> send(exchange, 0, LENGTH, LENGTH));
        Files.delete(part);
        Files.createDirectory(part);
        assertThrows(IOException.class, this::get);
    }

    @Test
    void leavesNoThread() throws Exception {
        serve("/file", (exchange, range) -> send(exchange, 0, LENGTH, LENGTH));
        Set<Thread> before = clientThreads();
        get();
        Set<Thread> left = clientThreads();
        left.removeAll(before); // of other tests' clients
        for (Thread thread : left) {
            assertTrue(thread.join(Duration.ofSeconds(10)), thread::toString);
        }
    }

    private static Set<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient"))
                .collect(Collectors.toSet());
    }
}
