package dev.notecast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.e2e.server.NotecastServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The server ends while it has many viewers. */
@Isolated
class ShutdownTest {
    private static final int VIEWERS = 50;
    private static final Duration STOP = Duration.ofSeconds(3);
    private static final String GOODBYE = "the server left"; // what a peer calls a close_notify

    @Test
    void endsQuicklyAndSaysGoodbyeToEveryViewer() throws IOException {
        try (NotecastServer server = NotecastServer.start();
                Visitors visitors = new Visitors(server.url("busy"))) {
            visitors.stay(VIEWERS);
            int udpPort = server.udpPort();
            long start = System.nanoTime();
            int code = server.terminate(Duration.ofSeconds(20));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

            assertEquals(0, code, "exit code");
            assertTrue(millis < STOP.toMillis(), "ended after " + millis + " ms");
            assertEquals(Collections.nCopies(VIEWERS, GOODBYE), visitors.ends(), "why the viewers' sessions ended");
            new ServerSocket(server.base().getPort(), 1, InetAddress.getLoopbackAddress()).close();
            new ServerSocket(udpPort).close(); // ICE over TCP
            new DatagramSocket(udpPort).close();
        }
    }
}
