package dev.notecast.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.doctor.TunnelCheck.Looked;
import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.Tunnel;
import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelEvents;
import dev.notecast.server.tunnel.TunnelProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose tunnel says that it is reached at some address of this machine. */
class TunnelCheckTest {
    private final List<String> headers = new ArrayList<>();
    private Notecast server;
    private HttpServer stranger;

    /** A tunnel that is a plain port of this machine. */
    private record Plain(Function<LocalPorts, URI> url) implements TunnelProvider {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public TunnelConnection connect(LocalPorts ports, TunnelEvents events) {
            events.url(url.apply(ports));
            return () -> {};
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = Notecast.start(
                ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0).withStunServers(List.of()));
        stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            headers.addAll(exchange.getRequestHeaders().keySet());
            byte[] body = "{\"status\":\"healthy\"}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("Notecast-Instance", "4f0c2a5e-0000-4000-8000-000000000000");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        stranger.start();
    }

    @AfterEach
    void stop() {
        stranger.stop(0);
        server.close();
    }

    private Checked<Looked> checked(Function<LocalPorts, URI> url) {
        Tunnel tunnel = server.openTunnel(new Plain(url), 0);
        return TunnelCheck.run(tunnel.status(), server.instance());
    }

    @Test
    void aTunnelThatLeadsHereIsKnownByTheServerBehindIt() {
        Checked<Looked> checked = checked(ports -> URI.create("http://127.0.0.1:" + ports.http() + "/"));
        assertTrue(checked.fact().leadHere(), checked.toString());
        assertEquals("ok", checked.findings().getFirst().mark());
    }

    @Test
    void aTunnelThatLeadsToAnotherServerIsToldAndGivenNoSecret() {
        URI elsewhere = URI.create("http://127.0.0.1:" + stranger.getAddress().getPort() + "/");
        Checked<Looked> checked = checked(ports -> elsewhere);
        assertFalse(checked.fact().leadHere(), checked.toString());
        Finding line = checked.findings().getFirst();
        assertEquals("FAILED", line.mark());
        assertTrue(line.result().text().contains("something else answers"), line.toString());
        assertFalse(headers.isEmpty(), "the stranger was not asked");
        assertTrue(
                headers.stream()
                        .noneMatch(name -> name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Cookie")),
                headers::toString);
    }

    @Test
    void aTunnelWhoseEndIsGoneIsTold() {
        URI gone = URI.create("http://127.0.0.1:" + stranger.getAddress().getPort() + "/");
        stranger.stop(0);
        Finding line = checked(ports -> gone).findings().getFirst();
        assertEquals("FAILED", line.mark());
        assertTrue(line.result().text().contains("nothing answers"), line.toString());
    }
}
