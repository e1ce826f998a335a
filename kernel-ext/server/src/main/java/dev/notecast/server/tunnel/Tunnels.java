package dev.notecast.server.tunnel;

import dev.notecast.server.http.HttpServer;
import dev.notecast.server.http.TunnelPort;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** The server's tunnels, one of each kind at most. Any thread. */
public final class Tunnels implements AutoCloseable {
    private record Open(Tunnel tunnel, TunnelPort port) {}

    private final HttpServer http;
    private final OptionalInt tcpPort;
    private final PublicAddresses addresses;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    /** @param tcpPort of WebRTC over TCP, empty when it is off */
    public Tunnels(HttpServer http, OptionalInt tcpPort, PublicAddresses addresses) {
        this.http = http;
        this.tcpPort = tcpPort;
        this.addresses = addresses;
    }

    /**
     * Opens a tunnel and keeps it open. Blocks for half a minute at most.
     *
     * @param localPort where it leads, 0 for any free one
     * @throws TunnelException when there is one of its kind already, or none can be opened
     */
    public Tunnel start(TunnelProvider provider, int localPort) throws TunnelException, InterruptedException {
        String name = provider.name();
        Open before = open.get(name);
        if (before != null && before.tunnel().status().state() != TunnelStatus.State.FAILED) {
            throw TunnelException.lasting("a tunnel by " + name + " runs already: '%tunnel stop " + name + "' ends it");
        }
        stop(name);
        TunnelPort port = listen(provider, localPort);
        try {
            Tunnel tunnel = Tunnel.open(provider, new LocalPorts(port.port(), tcpPort), addresses);
            open.put(name, new Open(tunnel, port));
            return tunnel;
        } catch (TunnelException | InterruptedException | RuntimeException e) {
            port.close();
            throw e;
        }
    }

    private TunnelPort listen(TunnelProvider provider, int localPort) throws TunnelException {
        try {
            return http.openTunnelPort(provider.name(), localPort, provider.namesClients());
        } catch (IOException e) {
            throw TunnelException.lasting(
                    "port " + localPort + " is taken: give a free one as --local-port, or leave it out");
        }
    }

    /** By name. */
    public List<Tunnel> list() {
        return open.values().stream()
                .map(Open::tunnel)
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    public Optional<Tunnel> find(String name) {
        return Optional.ofNullable(open.get(name)).map(Open::tunnel);
    }

    /** Ends one; false when there is none of that name. */
    public boolean stop(String name) {
        Open ended = open.remove(name);
        if (ended == null) {
            return false;
        }
        ended.tunnel().close();
        ended.port().close();
        return true;
    }

    @Override
    public void close() {
        open.keySet().forEach(this::stop);
    }
}
