package dev.notecast.server.tunnel.cloudflared;

import dev.notecast.server.tunnel.ChildProgram;
import dev.notecast.server.tunnel.LocalPorts;
import dev.notecast.server.tunnel.TunnelEvents;
import dev.notecast.server.tunnel.TunnelException;
import dev.notecast.server.tunnel.cloudflared.CloudflaredLog.Route;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** One run of the program: follows what it prints. Lines come on one thread, another one waits. */
final class CloudflaredRun {
    private static final int KEPT_LINES = 40; // of which a failure is explained

    private final LocalPorts ports;
    private final Optional<String> token;
    private final TunnelEvents events;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private final CompletableFuture<URI> url = new CompletableFuture<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();

    CloudflaredRun(LocalPorts ports, Optional<String> token, TunnelEvents events) {
        this.ports = ports;
        this.token = token;
        this.events = events;
    }

    /** Takes what it prints. */
    void line(String printed) {
        String line = token.map(secret -> printed.replace(secret, "<token>")).orElse(printed);
        lock.lock();
        try {
            last.addLast(line);
            if (last.size() > KEPT_LINES) {
                last.removeFirst();
            }
        } finally {
            lock.unlock();
        }
        if (CloudflaredLog.isConnected(line)) {
            connected.complete(null);
        }
        if (token.isEmpty()) {
            CloudflaredLog.quickUrl(line).ifPresent(this::found);
        } else {
            routes(CloudflaredLog.routes(line));
        }
    }

    private void routes(List<Route> routes) {
        Optional<Route> ours = routes.stream()
                .filter(route ->
                        route.service().matches("http://(localhost|127\\.0\\.0\\.1|\\[::1]):" + ports.http() + "/?"))
                .findFirst();
        if (ours.isPresent()) {
            found(URI.create("https://" + ours.get().hostname() + "/"));
        } else if (!routes.isEmpty()) {
            Route first = routes.getFirst();
            url.completeExceptionally(TunnelException.lasting("this tunnel sends " + first.hostname() + " to "
                    + first.service() + ": set its service to http://127.0.0.1:" + ports.http()
                    + " at Cloudflare, and start it with --local-port " + ports.http()));
        }
    }

    private void found(URI address) {
        if (!url.complete(address) && !url.isCompletedExceptionally()) {
            events.url(address); // another one while it runs
        }
    }

    /** Waits until there is an address and requests to it are carried. */
    void awaitOpen(ChildProgram child, Duration deadline) throws TunnelException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        CompletableFuture<Void> exit = child.exit().thenAccept(code -> {});
        if (!await(CompletableFuture.anyOf(url, exit), end)) {
            throw CloudflaredFailure.explain(lines(), "has printed no address within " + deadline.toSeconds() + " s");
        }
        if (!url.isDone()) {
            throw ended(child.exit().join());
        }
        events.url(url.join());
        await(CompletableFuture.anyOf(connected, exit), end);
        if (exit.isDone()) {
            throw ended(child.exit().join());
        }
        if (!connected.isDone() && CloudflaredFailure.isEdgeOutOfReach(String.join("\n", lines()))) {
            throw TunnelException.passing(CloudflaredFailure.edgeOutOfReach());
        }
        child.exit().thenAccept(code -> events.ended(ended(code)));
    }

    /** False at the deadline. */
    private static boolean await(CompletableFuture<?> future, long endNanos)
            throws TunnelException, InterruptedException {
        try {
            future.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TunnelException reason) {
                throw reason;
            }
            throw new IllegalStateException(e);
        }
    }

    private TunnelException ended(int code) {
        String how = code > 128 ? "was killed (signal " + (code - 128) + ")" : "ended with exit code " + code;
        return CloudflaredFailure.explain(lines(), how);
    }

    private List<String> lines() {
        lock.lock();
        try {
            return List.copyOf(last);
        } finally {
            lock.unlock();
        }
    }
}
