package dev.notecast.media.relay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Looks up a server's name, on a thread that may wait for it. No SRV or NAPTR records (RFC 5928). */
final class Resolver {
    private Resolver() {}

    /** @param then gets the addresses, IPv4 first; none when there is no such host. On a thread of its own */
    static void resolve(String host, Consumer<List<InetAddress>> then) {
        Thread.ofVirtual().name("notecast-ice-dns").start(() -> then.accept(resolve(host)));
    }

    /** Waits for the answer. */
    static List<InetAddress> resolve(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
