package dev.notecast.server.tunnel.ngrok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ngrok.NativeSession;
import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.RecordedEvents;
import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ngrok's own API, with a class of the test in the place of its native library. */
@Timeout(60)
class NgrokTest {
    private static final LocalPorts PORTS = new LocalPorts(4711, OptionalInt.of(8189));
    private static final String TOKEN = "2abcDEF_secret";

    private final RecordedEvents events = new RecordedEvents();

    @BeforeEach
    void reset() {
        NativeSession.next = "";
        NativeSession.ASKED.clear();
    }

    private TunnelException failure(String next, boolean tcp) {
        NativeSession.next = next;
        Ngrok ngrok = new Ngrok(TOKEN, Optional.empty(), tcp);
        TunnelException failure = assertThrows(TunnelException.class, () -> ngrok.connect(PORTS, events));
        assertFalse(failure.getMessage().contains(TOKEN), failure.getMessage());
        return failure;
    }

    @Test
    void opensHttpAndTcpUnderTheReservedName() throws Exception {
        TunnelConnection open = new Ngrok(TOKEN, Optional.of("cam.example.org"), true).connect(PORTS, events);
        assertEquals(List.of(URI.create("https://cam.example.org/")), events.urls);
        assertEquals(List.of(InetSocketAddress.createUnresolved("5.tcp.ngrok.example", 12_345)), events.tcp);
        assertEquals(
                List.of("token 14", "http http://127.0.0.1:4711 cam.example.org", "tcp tcp://127.0.0.1:8189"),
                NativeSession.ASKED);
        open.close();
        assertEquals("close", NativeSession.ASKED.getLast());
    }

    @Test
    void tellsWhenTheServiceEndsIt() throws Exception {
        TunnelConnection open = new Ngrok(TOKEN, Optional.empty(), false).connect(PORTS, events);
        NativeSession.endAll();
        assertEquals(
                "ngrok has ended the tunnel",
                events.end.get(20, TimeUnit.SECONDS).getMessage());
        open.close();
    }

    @Test
    void eachFailureHasALineOfItsOwn() {
        TunnelException revoked = failure("ERR_NGROK_107", false);
        assertTrue(revoked.isLasting() && revoked.getMessage().startsWith("ngrok refuses the token"));
        assertTrue(failure("ERR_NGROK_108", false)
                .getMessage()
                .startsWith("ngrok allows this account no further session"));
        assertTrue(failure("ERR_NGROK_9999", false).getMessage().startsWith("ngrok does not work: "));
        assertEquals(
                "ngrok does not work: the runtime has runtime trouble",
                failure("runtime trouble", false).getMessage());
        assertTrue(failure("missing", false).getMessage().startsWith("ngrok's native library is not installed"));
        assertTrue(failure("no card", true)
                .getMessage()
                .startsWith("ngrok gives TCP addresses only to accounts with a card"));
        assertEquals("close", NativeSession.ASKED.getLast());
    }
}
