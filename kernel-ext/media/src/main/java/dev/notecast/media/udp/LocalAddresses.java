package dev.notecast.media.udp;

import java.net.InetAddress;
import java.util.List;

/** The addresses of this machine that a peer may reach. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /**
     * The addresses to announce as host candidates, 16 at most: IPv4, then global and unique local IPv6, loopback last;
     * no link-local, multicast or wildcard ones. Asks the system each time.
     */
    public static List<InetAddress> forHostCandidates() {
        throw new UnsupportedOperationException("in work");
    }
}
