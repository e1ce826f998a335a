package dev.notecast.server.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortOwnerTest {
    private final String self = "(pid " + ProcessHandle.current().pid() + ")";

    @Test
    void theProcessThatListensIsNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertTrue(PortOwner.ofTcp(socket.getLocalPort()).orElseThrow().endsWith(self));
            int free = Ports.nextFreeTcp("127.0.0.1", socket.getLocalPort()).orElseThrow();
            assertTrue(free > socket.getLocalPort());
        }
    }

    @Test
    void theProcessThatBoundADatagramPortIsNamed() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            assertTrue(PortOwner.ofUdp(socket.getLocalPort()).orElseThrow().endsWith(self));
            assertTrue(Ports.nextFreeUdp(socket.getLocalPort()).orElseThrow() > socket.getLocalPort());
        }
    }

    @Test
    void nobodyHoldsAFreePort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertEquals(Optional.empty(), PortOwner.ofTcp(port));
    }
}
