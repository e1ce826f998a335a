package dev.notecast.server.tunnel.ssh;

import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.TunnelConnection;
import dev.notecast.server.tunnel.TunnelEvents;
import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.server.tunnel.TunnelProvider;
import java.net.InetSocketAddress;

/** Remote forwarding ({@code ssh -R}) by any SSH server: one's own, or a service such as localhost.run. */
public final class SshTunnel implements TunnelProvider {
    public static final String NAME = "ssh";

    private final SshOptions options;
    private int lastPort; // that the server gave, asked for again so that the address stays

    public SshTunnel(SshOptions options) {
        this.options = options;
        lastPort = options.remotePort();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TunnelConnection connect(LocalPorts ports, TunnelEvents events)
            throws TunnelException, InterruptedException {
        SshSession session = SshSession.open(options, events);
        try {
            int port = forwardHttp(session, ports);
            if (options.publicUrl().isPresent()) {
                events.url(options.publicUrl().get());
            } else if (options.target().printsItsAddress()) {
                session.readAddress();
            } else {
                events.url(session.address(port));
            }
            if (options.remoteTcpPort().isPresent() && ports.tcp().isPresent()) {
                int tcp = session.forward(
                        options.remoteTcpPort().getAsInt(), ports.tcp().getAsInt());
                events.tcp(InetSocketAddress.createUnresolved(options.target().host(), tcp));
            }
            lastPort = port;
            session.watch();
            return session;
        } catch (TunnelException | InterruptedException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private int forwardHttp(SshSession session, LocalPorts ports) throws TunnelException {
        if (lastPort == options.remotePort()) {
            return session.forward(lastPort, ports.http());
        }
        try {
            return session.forward(lastPort, ports.http());
        } catch (TunnelException taken) {
            return session.forward(options.remotePort(), ports.http());
        }
    }
}
