package dev.notecast.server.doctor;

import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.rtc.io.IpLiterals;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up names, for so long and no longer. */
final class Names {
    private static final Duration PATIENCE =
            Duration.ofSeconds(3); // where no name server answers, the system waits 10 s and more

    private Names() {}

    /** The addresses, those of the family that this machine has first; none where there is no such name, or nobody says. */
    static List<InetAddress> lookUp(String host) {
        return await(begin(host));
    }

    /** Begins to look one up, beside others. */
    static CompletableFuture<List<InetAddress>> begin(String host) {
        Optional<InetAddress> literal = IpLiterals.parse(host);
        if (literal.isPresent()) {
            return CompletableFuture.completedFuture(List.of(literal.get()));
        }
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        // waits inside the system, where a virtual thread would hold on to one that others need
        Thread.ofPlatform().daemon().name("notecast-doctor-dns").start(() -> found.complete(all(host)));
        return found;
    }

    static List<InetAddress> await(CompletableFuture<List<InetAddress>> found) {
        try {
            return found.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is only ever completed
        }
    }

    private static List<InetAddress> all(String host) {
        try {
            boolean ipv4 = prefersIpv4(LocalAddresses.forHostCandidates());
            return Arrays.stream(InetAddress.getAllByName(host))
                    .sorted(Comparator.comparing(address -> address instanceof Inet4Address != ipv4))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /** Nothing is sent by IPv4 from where there is IPv6 alone. */
    static boolean prefersIpv4(List<InetAddress> own) {
        List<InetAddress> links =
                own.stream().filter(address -> !address.isLoopbackAddress()).toList();
        return links.isEmpty() || links.stream().anyMatch(Inet4Address.class::isInstance);
    }

    /** A host with its port, as people write it. */
    static String place(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
