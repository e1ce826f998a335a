package dev.notecast.media.relay;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Looks up a server's name. No SRV or NAPTR records (RFC 5928). */
final class Resolver {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Resolver() {}

    /**
     * @param then gets the addresses, IPv4 first; none when there is no such host. On a thread of its own, which is none
     *     of the virtual ones: where no name server answers it waits inside the system, and would keep a core from them
     */
    static void resolve(String host, Consumer<List<InetAddress>> then) {
        Thread.ofPlatform().daemon().name("notecast-ice-dns").start(() -> then.accept(all(host)));
    }

    /** Waits for the answer, 5 s at most. */
    static List<InetAddress> resolve(String host) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        resolve(host, found::complete);
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
            return Arrays.stream(InetAddress.getAllByName(host))
                    .sorted(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
