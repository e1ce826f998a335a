package dev.notecast.server;

import dev.notecast.server.access.AccessPolicy;
import dev.notecast.server.tunnel.PublicAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the addresses of tunnels known to those who have to accept and to announce them. Any thread. */
final class TunnelAddresses implements PublicAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelAddresses.class);

    private final AccessPolicy policy;
    private final Consumer<List<InetSocketAddress>> announce;
    private final Map<String, List<InetSocketAddress>> tcp = new ConcurrentHashMap<>();

    /** @param announce takes all addresses that lead to the TCP port of WebRTC */
    TunnelAddresses(AccessPolicy policy, Consumer<List<InetSocketAddress>> announce) {
        this.policy = policy;
        this.announce = announce;
    }

    @Override
    public void url(String tunnel, URI url) {
        policy.publicHosts().put(tunnel, url.getHost());
    }

    @Override
    public void tcp(String tunnel, InetSocketAddress address) {
        tcp.put(tunnel, resolve(address));
        announceAll();
    }

    @Override
    public void gone(String tunnel) {
        policy.publicHosts().remove(tunnel);
        policy.invites().end(tunnel);
        tcp.remove(tunnel);
        announceAll();
    }

    private void announceAll() {
        announce.accept(tcp.values().stream().flatMap(List::stream).toList());
    }

    /** The first address of each family: candidates are addresses, and an answer has room for few. */
    private static List<InetSocketAddress> resolve(InetSocketAddress name) {
        try {
            List<InetAddress> all = Arrays.asList(InetAddress.getAllByName(name.getHostString()));
            return Stream.of(true, false)
                    .flatMap(four -> all.stream()
                            .filter(address -> address instanceof Inet4Address == four)
                            .limit(1))
                    .map(address -> new InetSocketAddress(address, name.getPort()))
                    .toList();
        } catch (UnknownHostException e) {
            LOG.warn("WebRTC over TCP is not announced through the tunnel: '{}' has no address", name.getHostString());
            return List.of();
        }
    }
}
