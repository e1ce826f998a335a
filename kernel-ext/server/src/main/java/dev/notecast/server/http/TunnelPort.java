package dev.notecast.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Where one tunnel's requests come in: a port of its own on loopback, since nothing that a request says of itself would
 * tell a stranger's from one of this machine's programs.
 */
public final class TunnelPort implements AutoCloseable {
    private static final String ATTRIBUTE = TunnelPort.class.getName();
    private static final int MAX_CONNECTIONS = 512; // what waits in a tunnel shall not take all that there are

    private final Server jetty;
    private final ServerConnector connector;
    private final String name;
    private final boolean namesClients;

    private TunnelPort(Server jetty, HttpConfiguration settings, String name, boolean namesClients) {
        this.jetty = jetty;
        this.name = name;
        this.namesClients = namesClients;
        HttpConfiguration marking = new HttpConfiguration(settings);
        marking.addCustomizer(this::mark);
        connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(marking));
    }

    /**
     * @param port 0 for any free one
     * @param namesClients whether the service adds the address of each client to {@code X-Forwarded-For}
     * @throws IOException when the port is taken
     */
    static TunnelPort open(Server jetty, HttpConfiguration settings, String name, int port, boolean namesClients)
            throws IOException {
        TunnelPort opened = new TunnelPort(jetty, settings, name, namesClients);
        opened.listen(port);
        return opened;
    }

    private void listen(int port) throws IOException {
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setIdleTimeout(HttpServer.IDLE_TIMEOUT.toMillis());
        connector.setAcceptedSendBufferSize(HttpServer.SEND_BUFFER_BYTES);
        connector.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        jetty.addConnector(connector);
        try {
            connector.start();
        } catch (IOException e) {
            jetty.removeConnector(connector);
            throw e;
        } catch (Exception e) {
            jetty.removeConnector(connector);
            throw new IOException("cannot listen for a tunnel", e);
        }
    }

    /** The one that a request came in by; empty for those of the server's own ports. */
    static Optional<TunnelPort> of(Context ctx) {
        return Optional.ofNullable((TunnelPort) ctx.req().getAttribute(ATTRIBUTE));
    }

    private Request mark(Request request, HttpFields.Mutable responseHeaders) {
        request.setAttribute(ATTRIBUTE, this);
        return request;
    }

    String name() {
        return name;
    }

    boolean namesClients() {
        return namesClients;
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Ends what comes through at once; may be called twice. */
    @Override
    public void close() {
        connector.getConnectedEndPoints().forEach(EndPoint::close);
        try {
            connector.stop();
        } catch (Exception e) {
            throw new IllegalStateException("a tunnel's port did not close", e);
        }
        jetty.removeConnector(connector);
    }
}
