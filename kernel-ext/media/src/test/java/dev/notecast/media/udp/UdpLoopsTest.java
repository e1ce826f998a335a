package dev.notecast.media.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class UdpLoopsTest {
    private static final int PEERS = 64;

    /** Answers on the next loop's socket, as a session does that is at home there. */
    private static PacketHandler answering(UdpLoop here, UdpLoop other, Set<UdpLoop> used) {
        return new RecordingHandler() {
            @Override
            public void received(byte[] data, InetSocketAddress remote, long arrivalNanos) {
                used.add(here);
                other.execute(() -> other.send(data, 0, data.length, remote));
            }
        };
    }

    @Test
    void peersAreSpreadOverTheLoopsAndEachLoopAnswersFromTheOnePort() throws Exception {
        Assumptions.assumeTrue(Epoll.isAvailable(), "one socket for a port without epoll");
        Set<UdpLoop> used = ConcurrentHashMap.newKeySet();
        try (UdpLoops loops = UdpLoops.bind(0, 4)) {
            assertEquals(4, loops.all().size());
            for (int i = 0; i < 4; i++) {
                UdpLoop here = loops.all().get(i);
                here.start(answering(here, loops.all().get((i + 1) % 4), used));
            }
            for (int i = 0; i < PEERS; i++) {
                try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                    client.setSoTimeout(5_000);
                    client.connect(InetAddress.getLoopbackAddress(), loops.port()); // takes nothing from elsewhere
                    client.send(new DatagramPacket(new byte[] {(byte) i}, 1));
                    DatagramPacket answer = new DatagramPacket(new byte[10], 10);
                    client.receive(answer);
                    assertEquals(i, answer.getData()[0]);
                }
            }
            assertTrue(used.size() > 1, "the system gave all " + PEERS + " peers to one socket");
        }
    }

    @Test
    void sharedPortIsStillTakenForAnotherServer() {
        try (UdpLoops loops = UdpLoops.bind(0, 4)) {
            assertThrows(UncheckedIOException.class, () -> UdpLoops.bind(loops.port(), 4));
            assertThrows(UncheckedIOException.class, () -> UdpLoops.bind(loops.port(), 1));
        }
    }

    @Test
    void closeFreesThePort() {
        UdpLoops loops = UdpLoops.bind(0, 4);
        assertTrue(loops.await(Duration.ofSeconds(5)));
        loops.close();
        loops.close();
        assertTrue(loops.await(Duration.ofSeconds(5)), "waits for closed loops");
        UdpLoops.bind(loops.port(), 1).close();
    }
}
