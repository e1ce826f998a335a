package dev.notecast.media.udp;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The addresses of this machine that a peer may reach. */
public final class LocalAddresses {
    private static final int MAX_ADDRESSES = 16; // an answer stays small; container hosts have dozens
    private static final int MAX_LOOPBACK = 2;

    private LocalAddresses() {}

    /**
     * The addresses to announce as host candidates, 16 at most: IPv4, then global and unique local IPv6, loopback last;
     * no link-local, multicast or wildcard ones. Asks the system each time.
     */
    public static List<InetAddress> forHostCandidates() {
        List<InetAddress> all;
        try {
            all = NetworkInterface.networkInterfaces()
                    .filter(LocalAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            throw new UncheckedIOException("cannot list the network interfaces", e);
        }
        return choose(all);
    }

    static List<InetAddress> choose(List<InetAddress> all) {
        List<InetAddress> usable = all.stream()
                .filter(address ->
                        !address.isLinkLocalAddress() && !address.isMulticastAddress() && !address.isAnyLocalAddress())
                .map(LocalAddresses::withoutScope)
                .distinct()
                .sorted(Comparator.comparing((InetAddress address) -> !(address instanceof Inet4Address)))
                .toList();
        List<InetAddress> loopback = usable.stream()
                .filter(InetAddress::isLoopbackAddress)
                .limit(MAX_LOOPBACK)
                .toList();
        return Stream.concat(
                        usable.stream()
                                .filter(address -> !address.isLoopbackAddress())
                                .limit(MAX_ADDRESSES - MAX_LOOPBACK),
                        loopback.stream())
                .toList();
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false; // it has just gone
        }
    }

    /** A scope has a meaning on this machine only, and candidates are compared without. */
    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }
}
