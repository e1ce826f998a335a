package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {
    private static final int PAUSE_MILLIS = 100; // well within the idle timeout, so that alone ends nothing
    private static final Duration IDLE_TIMEOUT = Duration.ofMillis(800);

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        server = HttpServer.start(config, new AccessPolicy(config, Clock.systemUTC()), new FakeMedia(), IDLE_TIMEOUT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void headersThatComeByteByByteAreGivenUp() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            send(socket, "GET /health HTTP/1.1\r\nX-Slow: ");
            assertTrue(isClosedWhileTrickling(socket));
        }
    }

    @Test
    void soAreThoseOfALaterRequest() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(RawHttp.DEADLINE_MILLIS);
            send(socket, "HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(RawHttp.readHead(socket.getInputStream()).startsWith("HTTP/1.1 200"));
            send(socket, "GET /health HTTP/1.1\r\nX-Slow: ");
            assertTrue(isClosedWhileTrickling(socket));
        }
    }

    @Test
    void headersOverTheLimitAreRefused() throws IOException {
        RawHttp.Answer answer = RawHttp.request(server.port(), "GET", "/health")
                .header("X-Long", "x".repeat(20_000))
                .send();
        assertEquals(431, answer.status());
    }

    private static boolean isClosedWhileTrickling(Socket socket) throws IOException {
        socket.setSoTimeout(PAUSE_MILLIS);
        for (int waited = 0; waited < RawHttp.DEADLINE_MILLIS; waited += PAUSE_MILLIS) {
            try {
                send(socket, "x");
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                // still open, and nothing said
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
