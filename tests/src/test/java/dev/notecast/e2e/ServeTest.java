package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code install/notecast serve} as a person or a service manager runs it. */
@Tag("e2e")
class ServeTest {
    private static final Duration START = Duration.ofMinutes(5); // it may have to build first
    private static final Duration STOP = Duration.ofSeconds(30);

    @Test
    void printsItsAddressesAnswersAndEndsCleanlyOnSigterm(@TempDir Path elsewhere) throws Exception {
        int udpPort = freeUdpPort();
        List<String> command =
                List.of(Tools.launcher().toString(), "serve", "--port", "0", "--udp-port", Integer.toString(udpPort));
        try (ChildProcess serve = ChildProcess.start("install/notecast serve", elsewhere, Map.of(), command)) {
            URI base = serve.awaitLine("its address", START, NotecastServer::address);
            for (String url : List.of("live/publish", "live/whip", "live/whep", "live/stream.mjpg")) {
                serve.awaitLine(
                        url,
                        STOP,
                        line -> line.contains(base + url) ? java.util.Optional.of(line) : java.util.Optional.empty());
            }
            HttpResponse<String> health = get(base.resolve("health"));
            assertEquals(200, health.statusCode());
            assertTrue(health.body().contains("\"status\":\"healthy\""), health.body());

            assertEquals(0, serve.terminate(STOP), () -> "exit code on SIGTERM; output: " + serve.lines());
            assertFree(base.getPort(), udpPort);
        }
    }

    private static HttpResponse<String> get(URI url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(url).timeout(STOP).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static void assertFree(int tcpPort, int udpPort) throws IOException {
        new ServerSocket(tcpPort, 1, InetAddress.getLoopbackAddress()).close();
        new DatagramSocket(udpPort).close();
    }
}
