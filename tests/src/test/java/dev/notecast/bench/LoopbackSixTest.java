package dev.notecast.bench;

import dev.notecast.e2e.server.NotecastServer;
import org.junit.jupiter.api.Test;

/** A viewer that has IPv6 only. */
class LoopbackSixTest {
    @Test
    void packetsComeOverIpv6() {
        try (NotecastServer server = NotecastServer.start();
                Visitors visitors = new Visitors(server.url("six"))) {
            visitors.comeOverIpv6();
        }
    }
}
