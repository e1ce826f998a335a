package dev.notecast.media.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there may be, in all and from one address. Any thread. */
final class ConnectionLimits {
    private static final int IPV6_NETWORK_BYTES = 8; // one subscriber has at least a /64

    private final int maxInAll;
    private final int maxOfOneAddress;
    private final AtomicInteger inAll = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    ConnectionLimits(int maxInAll, int maxOfOneAddress) {
        this.maxInAll = maxInAll;
        this.maxOfOneAddress = maxOfOneAddress;
    }

    /** Counts a connection, false when it is one too many. */
    boolean enter(InetAddress address) {
        if (inAll.incrementAndGet() > maxInAll) {
            inAll.decrementAndGet();
            return false;
        }
        if (byAddress.merge(key(address), 1, Integer::sum) > maxOfOneAddress) {
            leave(address);
            return false;
        }
        return true;
    }

    /** A connection that was counted is closed. */
    void leave(InetAddress address) {
        inAll.decrementAndGet();
        byAddress.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
    }

    int inAll() {
        return inAll.get();
    }

    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
