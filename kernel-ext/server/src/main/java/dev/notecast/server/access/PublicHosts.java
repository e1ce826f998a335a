package dev.notecast.server.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The name in {@code Host} of what comes through each tunnel, while the tunnel is up. Any thread. */
public final class PublicHosts {
    private final Map<String, String> byTunnel = new ConcurrentHashMap<>();

    PublicHosts() {}

    /** From now on the tunnel's requests may carry this name, and no earlier one. */
    public void put(String tunnel, String host) {
        byTunnel.put(tunnel, HostName.of(host).name());
    }

    public void remove(String tunnel) {
        byTunnel.remove(tunnel);
    }

    boolean isNameOf(String tunnel, HostName host) {
        return host.name().equals(byTunnel.get(tunnel));
    }
}
