package dev.notecast.server;

import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.tunnel.PublicAddresses;
import java.net.InetSocketAddress;
import java.net.URI;

/** Makes the addresses of tunnels known to those who have to accept and to announce them. */
record TunnelAddresses(AccessPolicy policy) implements PublicAddresses {
    @Override
    public void url(String tunnel, URI url) {
        policy.publicHosts().put(tunnel, url.getHost());
    }

    @Override
    public void tcp(String tunnel, InetSocketAddress address) {}

    @Override
    public void gone(String tunnel) {
        policy.publicHosts().remove(tunnel);
        policy.invites().end(tunnel);
    }
}
