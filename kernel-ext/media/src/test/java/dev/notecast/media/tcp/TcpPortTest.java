package dev.notecast.media.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.media.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpPortTest {
    @Test
    void whoNeverSaysASessionsNameIsClosed() throws IOException {
        try (TcpPort port = TcpPort.listen(
                0, datagram -> null, Duration.ofSeconds(2))) { // a busy machine takes as long for the hundred
            List<Socket> strangers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                strangers.add(new Socket(InetAddress.getLoopbackAddress(), port.port()));
            }
            Await.until("all to be there", () -> port.connections() == 100);
            for (Socket half : strangers.subList(0, 50)) {
                half.getOutputStream().write(new byte[] {4, 0, 1}); // of a datagram of 1024 bytes that never comes
            }
            for (Socket stranger : strangers) {
                stranger.setSoTimeout(10_000);
                assertEquals(-1, stranger.getInputStream().read());
                stranger.close();
            }
            Await.until("all to be gone", () -> port.connections() == 0);
        }
    }
}
