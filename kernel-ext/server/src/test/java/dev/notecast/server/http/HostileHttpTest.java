package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.config.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP that no program writes by accident; each limit with the answer that proves it. */
class HostileHttpTest {
    private static final Duration IDLE_TIMEOUT = Duration.ofMillis(800);

    private final FakeMedia media = new FakeMedia();
    private HttpServer server;
    private String token;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0);
        AccessPolicy policy = new AccessPolicy(config, Clock.systemUTC());
        token = policy.serverToken().orElseThrow();
        server = HttpServer.start(config, policy, media, IDLE_TIMEOUT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Two readings of where a request ends would let the second one hide in the first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5, 6",
                "Content-Length: +5",
                "Content-Length: -1",
                "Content-Length : 5",
                "Transfer-Encoding: identity, chunked, identity",
                "Transfer-Encoding: xchunked",
                "Content-Length: 5\r\n folded: 6"
            })
    void aLengthThatCanBeReadTwoWaysIsRefusedAndEndsTheConnection(String headers) throws IOException {
        String hidden = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String answer =
                exchange("POST /live/whip HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n0\r\n\r\n" + hidden);
        assertTrue(answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 501"), answer);
        assertEquals(1, answer.split("HTTP/1\\.1 ", -1).length - 1, "answers in " + answer);
        assertTrue(media.sessions.isEmpty());
    }

    @Test
    void aFloodOfHeadersIsRefused() throws IOException {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            headers.append("X-").append(i).append(": 1\r\n");
        }
        String answer = exchange("GET /health HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 431"), answer);
    }

    @Test
    void anAddressOverTheLimitIsRefused() throws IOException {
        String answer = exchange("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 414"), answer);
    }

    @Test
    void aBodyThatStopsComingEndsItsConnectionAndNothingElse() throws IOException {
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket("127.0.0.1", server.port());
            stalled.add(socket);
            send(
                    socket,
                    "POST /live/whip HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sdp\r\n"
                            + "Content-Length: 1000\r\n\r\nv=0");
        }
        assertEquals(
                200, RawHttp.request(server.port(), "GET", "/health").send().status());
        for (Socket socket : stalled) {
            socket.setSoTimeout(RawHttp.DEADLINE_MILLIS);
            String answer = read(socket);
            assertTrue(answer.isEmpty() || !answer.startsWith("HTTP/1.1 2"), answer);
            socket.close();
        }
        assertTrue(media.sessions.isEmpty());
    }

    @Test
    void aTunnelMayHaveAThousandSessionsThatWaitForTheirPeer() throws IOException {
        for (int i = 0; i < HalfOpenSessions.MAX_BEHIND_PROXY; i++) {
            assertEquals(201, offer("203.0.113.7").status());
        }
        RawHttp.Answer refused = offer("203.0.113.7");
        assertEquals(429, refused.status());
        assertEquals("1", refused.header("Retry-After").orElseThrow());
        assertEquals(
                201,
                RawHttp.request(server.port(), "POST", "/live/whep")
                        .body("application/sdp", "offer")
                        .send()
                        .status(),
                "programs here are not counted");
        media.sessions.clear(); // all have connected, or given up
        assertEquals(201, offer("203.0.113.7").status());
    }

    private RawHttp.Answer offer(String forwardedFor) throws IOException {
        return RawHttp.request(server.port(), "POST", "/live/whep?token=" + token)
                .header("X-Forwarded-For", forwardedFor)
                .body("application/sdp", "offer")
                .send();
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(RawHttp.DEADLINE_MILLIS);
            send(socket, request);
            return read(socket);
        }
    }

    /** Everything until the connection ends, also when it is reset for what was not read. */
    private static String read(Socket socket) {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
        } catch (IOException e) {
            // reset
        }
        return answer.toString();
    }

    private static void send(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // it was refused before its end
        }
    }
}
