package dev.notecast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.e2e.server.NotecastServer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The benchmark's peers against the server, briefly: they agree on DTLS and SRTP and lose nothing. */
@Isolated
class FanoutTest {
    @Test
    void everyReaderGetsEveryPacketOnce() {
        try (NotecastServer server = NotecastServer.start();
                Crowd crowd = new Crowd(server.url("fanout"), Optional.empty())) {
            crowd.join(5, 1_000_000, false);
            FanoutResult result = crowd.measure(2, 1, OptionalLong.of(server.pid()));
            assertEquals(List.of(), result.complaints());
            assertTrue(result.packetsForwarded() > 500, "forwarded " + result.packetsForwarded());
            assertEquals("AEAD_AES_128_GCM", result.profile());
            assertTrue(result.mediaMicrosPerPacket() > 0, "the server's loops were not measured");
            assertTrue(result.residentMib() > 20, "the server's memory was not measured");
        }
    }
}
