package dev.notecast.server.tunnel.ngrok;

import com.ngrok.Forwarder;
import com.ngrok.HttpBuilder;
import com.ngrok.Session;
import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelEvents;
import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.server.tunnel.TunnelProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ngrok through its own library: HTTP, and where the account has it an address for WebRTC over TCP. */
public final class Ngrok implements TunnelProvider {
    public static final String NAME = "ngrok";
    private static final Logger LOG = LoggerFactory.getLogger(Ngrok.class);

    private final String token;
    private final Optional<String> domain;
    private final boolean tcp;

    /** @param domain that the account has reserved; empty for the one that it is given */
    public Ngrok(String token, Optional<String> domain, boolean tcp) {
        this.token = token;
        this.domain = domain;
        this.tcp = tcp;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean namesClients() {
        return true;
    }

    @Override
    public TunnelConnection connect(LocalPorts ports, TunnelEvents events) throws TunnelException {
        Session session = null;
        try {
            session = Session.withAuthtoken(token).connect();
            HttpBuilder http = session.httpEndpoint();
            domain.ifPresent(http::domain);
            Forwarder.Endpoint forwarder =
                    http.forward(URI.create("http://127.0.0.1:" + ports.http()).toURL());
            events.url(withSlash(forwarder.getUrl()));
            if (tcp && ports.tcp().isPresent()) {
                events.tcp(tcp(session, ports.tcp().getAsInt()));
            }
            watch(forwarder, events);
            return closing(session);
        } catch (IOException | RuntimeException | LinkageError e) { // its failures are of all these kinds
            close(session);
            throw NgrokFailure.explain(e, token);
        }
    }

    private static InetSocketAddress tcp(Session session, int port) throws IOException {
        URI url = URI.create(session.tcpEndpoint()
                .forward(URL.of(URI.create("tcp://127.0.0.1:" + port), new UnopenedHandler()))
                .getUrl());
        return InetSocketAddress.createUnresolved(url.getHost(), url.getPort());
    }

    /** Java has URLs only of protocols that it speaks; this one is handed on and never opened. */
    private static final class UnopenedHandler extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            throw new IOException("not opened here");
        }
    }

    private static URI withSlash(String url) {
        return URI.create(url.endsWith("/") ? url : url + "/");
    }

    private void watch(Forwarder forwarder, TunnelEvents events) {
        Thread.ofPlatform().daemon().name("notecast-tunnel-ngrok-end").start(() -> {
            try {
                forwarder.join();
                events.ended(TunnelException.passing("ngrok has ended the tunnel"));
            } catch (IOException | RuntimeException e) {
                events.ended(NgrokFailure.explain(e, token));
            }
        });
    }

    private static TunnelConnection closing(Session session) {
        return () -> close(session);
    }

    private static void close(Session session) {
        if (session == null) {
            return;
        }
        try {
            session.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("[tunnel ngrok] did not close: {}", e.getClass().getSimpleName());
        }
    }
}
