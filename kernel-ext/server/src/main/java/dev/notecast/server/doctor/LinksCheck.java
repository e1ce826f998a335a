package dev.notecast.server.doctor;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** The network interfaces, by their addresses. */
final class LinksCheck {
    private static final int MAX_NAMED = 3;

    private LinksCheck() {}

    /** Whether there is none but loopback. @param all addresses of this machine */
    static Checked<Boolean> run(List<InetAddress> all) {
        List<InetAddress> links =
                all.stream().filter(address -> !address.isLoopbackAddress()).toList();
        Finding ipv6 = ipv6(links);
        if (links.isEmpty()) {
            return Checked.of(
                    true,
                    Finding.note(
                            "Network",
                            "no interface but loopback",
                            "nobody outside gets here, and browsers on this machine offer no way for WebRTC,"
                                    + " so they are sent JPEG pictures",
                            "connect it to a network"));
        }
        List<String> ipv4 = links.stream()
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .toList();
        String named = ipv4.isEmpty()
                ? "IPv6 alone"
                : ipv4.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
                        + (ipv4.size() > MAX_NAMED ? " and " + (ipv4.size() - MAX_NAMED) + " more" : "");
        return Checked.of(false, Finding.ok("Network", named), ipv6);
    }

    private static Finding ipv6(List<InetAddress> links) {
        List<InetAddress> six =
                links.stream().filter(Inet6Address.class::isInstance).toList();
        boolean valid = six.stream().anyMatch(UdpCheck::isPublic);
        return Finding.ok(
                "IPv6",
                valid
                        ? "an address that is valid everywhere"
                        : six.isEmpty() ? "none, IPv4 is enough" : "inside this network only, IPv4 is enough");
    }
}
