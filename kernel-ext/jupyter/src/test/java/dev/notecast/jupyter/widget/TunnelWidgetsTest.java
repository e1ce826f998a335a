package dev.notecast.jupyter.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.jupyter.FakeKernel;
import dev.notecast.jupyter.IopubMessage;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.access.Scope;
import dev.notecast.server.config.ServerConfig;
import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelEvents;
import dev.notecast.server.tunnel.TunnelProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TunnelWidgetsTest {
    private static final PathName LIVE = new PathName("live");

    private final FakeKernel kernel = new FakeKernel();

    /** A tunnel that is open at once and leads nowhere. */
    private static final class Short implements TunnelProvider {
        @Override
        public String name() {
            return "short";
        }

        @Override
        public TunnelConnection connect(LocalPorts ports, TunnelEvents events) {
            events.url(URI.create("https://cam.example.org/"));
            return () -> {};
        }
    }

    @AfterEach
    void stop() {
        Notecast.running().ifPresent(Notecast::close);
    }

    @Test
    void linksAndTokensGoToLivePagesThatAskAndNowhereElse() {
        Notecast server = Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0));
        server.openTunnel(new Short(), 0);
        Map<String, Object> bundle = new TunnelWidgets(new Widgets(kernel)).live("short", LIVE);
        String invite =
                server.invite("short", new Scope.Read(LIVE)).orElseThrow().getFragment();
        String saved = bundle.toString() + kernel.published;
        assertFalse(saved.contains("invite"), saved);
        assertEquals("Run this cell to see the link.", bundle.get("text/plain"));

        IopubMessage links = ask("tunnel");
        String text = links.content().toString();
        assertTrue(text.contains("https://cam.example.org/live/#" + invite), text);
        assertTrue(text.contains("https://cam.example.org/live/publish#invite="), text);
        assertTrue(text.contains("https://cam.example.org/live/whip"), text);
        assertFalse(text.contains(server.serverToken().orElseThrow()), text);
        assertTrue(ask("token").content().toString().contains("token="));

        server.tunnels().stop("short");
        String closed = ask("tunnel").content().toString();
        assertTrue(closed.contains("state=closed") && !closed.contains("invite"), closed);
    }

    private IopubMessage ask(String kind) {
        String id = List.copyOf(kernel.comms.keySet()).getFirst();
        kernel.receive(id, "{\"method\": \"custom\", \"content\": {\"kind\": \"" + kind + "\"}}");
        return kernel.published("comm_msg").getLast();
    }
}
