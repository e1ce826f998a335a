package dev.notecast.media.webrtc;

import dev.notecast.rtc.io.IpLiterals;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What ICE offers to peers besides this machine's addresses and UDP.
 *
 * @param announced addresses that lead here though they are not this machine's own, such as that of a router which
 *     forwards the same ports; 8 at most
 */
public record IceOptions(TcpMode tcp, List<InetAddress> announced) {
    public static final IceOptions DEFAULT = new IceOptions(new TcpMode.LikeUdp(), List.of());
    private static final int MAX_ANNOUNCED = 8;

    /** @throws IllegalArgumentException with one friendly line when an address cannot be announced */
    public IceOptions {
        announced = announced.stream().distinct().toList();
        if (announced.size() > MAX_ANNOUNCED) {
            throw new IllegalArgumentException("more than " + MAX_ANNOUNCED + " addresses to announce");
        }
        for (InetAddress address : announced) {
            if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.isLinkLocalAddress()) {
                throw new IllegalArgumentException(
                        "nobody can reach this machine at " + address.getHostAddress() + ": give another --public-ip");
            }
        }
    }

    public IceOptions withTcp(TcpMode value) {
        return new IceOptions(value, announced);
    }

    /**
     * @param addresses IPv4 or IPv6 literals with commas between them
     * @throws IllegalArgumentException with one friendly line when one is none
     */
    public IceOptions withAnnounced(String addresses) {
        List<InetAddress> parsed = new ArrayList<>();
        for (String address : addresses.split(",", -1)) {
            parsed.add(
                    IpLiterals.parse(address.strip())
                            .orElseThrow(
                                    () -> new IllegalArgumentException(
                                            "'" + address.strip()
                                                    + "' is not an IP address: give one such as 203.0.113.7 or 2001:db8::7, names are not looked up")));
        }
        return new IceOptions(tcp, parsed);
    }
}
