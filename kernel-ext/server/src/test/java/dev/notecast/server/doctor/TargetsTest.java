package dev.notecast.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.media.relay.IceServer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who hears from the doctor, and who does not. */
class TargetsTest {
    private static final List<String> DEFAULTS = List.of("stun:stun.example.org:3478");
    private static final IceServer OWN = server("turn:turn.example.net:3478");
    private static final IceServer OWN_TLS = server("turns:turn.example.net:443");

    private static IceServer server(String uri) {
        return IceServer.parse(uri, "name", "word", Instant.MAX);
    }

    private static List<String> uris(Targets targets) {
        return targets.stun().stream().map(IceServer::uri).toList();
    }

    @Test
    void theDefaultsAreAskedWhereNoServerIsInUse() {
        Targets targets = Targets.of(List.of(), DEFAULTS);
        assertEquals(DEFAULTS, uris(targets));
        assertEquals("turn.cloudflare.com", targets.tcp().orElseThrow().getHostString());
        assertEquals("www.cloudflare.com", targets.web().orElseThrow().getHost());
    }

    @Test
    void serversInUseAreAskedInsteadOfTheDefaults() {
        Targets targets = Targets.of(List.of(OWN, OWN_TLS), DEFAULTS);
        assertEquals(List.of("stun:turn.example.net:3478"), uris(targets));
        assertEquals(
                InetSocketAddress.createUnresolved("turn.example.net", 3478),
                targets.tcp().orElseThrow());
        assertEquals(DEFAULTS, uris(Targets.of(List.of(OWN_TLS), DEFAULTS)), "TLS answers no datagram");
    }

    @Test
    void whereNobodyShallHearNobodyButTheServersInUseDoes() {
        Targets nobody = Targets.of(List.of(), List.of());
        assertEquals(new Targets(List.of(), Optional.empty(), Optional.empty()), nobody);
        Targets own = Targets.of(List.of(OWN), List.of());
        assertEquals(List.of("stun:turn.example.net:3478"), uris(own));
        assertEquals("turn.example.net", own.tcp().orElseThrow().getHostString());
        assertEquals(Optional.empty(), own.web());
    }
}
