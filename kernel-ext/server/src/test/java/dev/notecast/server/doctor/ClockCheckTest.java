package dev.notecast.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web server on loopback tells the time, and the clock here is another one. */
class ClockCheckTest {
    private HttpServer web;

    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1); // with a Date
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
    }

    private URI page() {
        return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/");
    }

    private static Checked<Boolean> check(URI page, Duration ahead) {
        InstantSource clock = () -> Instant.now().plus(ahead);
        return ClockCheck.run(Optional.of(page), clock);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, ok, right",
        "PT30S, ok, does no harm",
        "-PT100S, ok, does no harm",
        "PT3M, FAILED, 3 min ahead of 127.0.0.1",
        "-PT7H30M5S, FAILED, 7 h 30 min behind 127.0.0.1",
        "PT2400H, FAILED, 100 days ahead of 127.0.0.1"
    })
    void tellsTheDifference(Duration ahead, String mark, String words) {
        Checked<Boolean> checked = check(page(), ahead);
        Finding line = checked.findings().getFirst();
        assertEquals(mark, line.mark(), line.toString());
        assertEquals(mark.equals("FAILED"), checked.fact());
        assertTrue(line.result().text().contains(words), line.toString());
    }

    @Test
    void nobodyWhoTellsTheTimeIsNoFailure() {
        web.stop(0);
        Checked<Boolean> checked = check(page(), Duration.ZERO);
        assertEquals("note", checked.findings().getFirst().mark(), checked.toString());
        assertEquals(false, checked.fact());
        assertEquals(
                "note",
                ClockCheck.run(Optional.empty(), InstantSource.system())
                        .findings()
                        .getFirst()
                        .mark());
    }
}
