package dev.notecast.server.tunnel;

import dev.notecast.server.tunnel.TunnelStatus.State;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tunnel that is kept open: when it drops it is opened again, after longer and longer waits. Any thread. */
public final class Tunnel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final Duration STEADY = Duration.ofMinutes(1); // then what was before is forgotten
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);
    private static final String MOVED =
            "The address has changed: links that were sent before lead nowhere, send new ones.";

    private final TunnelProvider provider;
    private final LocalPorts ports;
    private final PublicAddresses addresses;
    private final Backoff backoff = new Backoff(ThreadLocalRandom.current());
    private final AtomicReference<TunnelStatus> status;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Life life; // the newest; what earlier ones still say does not count

    private Tunnel(TunnelProvider provider, LocalPorts ports, PublicAddresses addresses) {
        this.provider = provider;
        this.ports = ports;
        this.addresses = addresses;
        status = new AtomicReference<>(new TunnelStatus(
                provider.name(), State.OPENING, Optional.empty(), Optional.empty(), "", Instant.now(), 0));
        thread = Thread.ofPlatform()
                .daemon()
                .name("notecast-tunnel-" + provider.name())
                .unstarted(this::keepOpen);
    }

    /** @throws TunnelException when it cannot be opened at once; it is not tried again then */
    static Tunnel open(TunnelProvider provider, LocalPorts ports, PublicAddresses addresses)
            throws TunnelException, InterruptedException {
        Tunnel tunnel = new Tunnel(provider, ports, addresses);
        try {
            tunnel.connect();
        } catch (TunnelException | InterruptedException | RuntimeException e) {
            tunnel.close();
            throw e;
        }
        tunnel.thread.start();
        return tunnel;
    }

    public String name() {
        return provider.name();
    }

    public TunnelStatus status() {
        return status.get();
    }

    /** From one connection to its end. */
    private final class Life implements TunnelEvents {
        private final CompletableFuture<TunnelException> end = new CompletableFuture<>();
        private final long startNanos = System.nanoTime();
        private TunnelConnection connection = () -> {};

        @Override
        public void url(URI url) {
            if (life == this) {
                addresses.url(name(), url);
                status.updateAndGet(now -> with(now, Optional.of(url), now.tcp(), moved(now, url)));
            }
        }

        @Override
        public void tcp(InetSocketAddress address) {
            if (life == this) {
                addresses.tcp(name(), address);
                status.updateAndGet(now -> with(now, now.url(), Optional.of(address), now.note()));
            }
        }

        @Override
        public void ended(TunnelException reason) {
            end.complete(reason);
        }
    }

    private static String moved(TunnelStatus now, URI url) {
        return now.url().filter(before -> !before.equals(url)).isPresent() ? MOVED : now.note();
    }

    private static TunnelStatus with(
            TunnelStatus now, Optional<URI> url, Optional<InetSocketAddress> tcp, String note) {
        return new TunnelStatus(now.provider(), now.state(), url, tcp, note, now.since(), now.reopened());
    }

    private void enter(State state, String note, int reopened) {
        TunnelStatus now = status.updateAndGet(before ->
                new TunnelStatus(before.provider(), state, before.url(), before.tcp(), note, Instant.now(), reopened));
        LOG.info(
                "[tunnel {}] {} {} {}",
                now.provider(),
                state,
                now.url().map(URI::toString).orElse(""),
                note);
    }

    private void connect() throws TunnelException, InterruptedException {
        Optional<URI> before = status.get().url();
        Life next = new Life();
        life = next;
        next.connection = provider.connect(ports, next);
        TunnelStatus now = status.get();
        int reopened = now.state() == State.OPENING ? 0 : now.reopened() + 1;
        enter(State.OPEN, now.url().equals(before) || before.isEmpty() ? "" : MOVED, reopened);
    }

    private void keepOpen() {
        try {
            while (true) {
                TunnelException reason = life.end.get();
                life.connection.close();
                if (System.nanoTime() - life.startNanos > STEADY.toNanos()) {
                    backoff.reset();
                }
                reopen(reason);
            }
        } catch (InterruptedException e) {
            // closed
        } catch (TunnelException e) {
            addresses.gone(name());
            enter(State.FAILED, e.getMessage(), status.get().reopened());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // it is only ever completed
        }
    }

    /** @throws TunnelException when trying again would be of no use */
    private void reopen(TunnelException first) throws TunnelException, InterruptedException {
        TunnelException reason = first;
        while (!reason.isLasting()) {
            Duration wait = backoff.next();
            enter(State.REOPENING, reason.getMessage(), status.get().reopened());
            if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException();
            }
            try {
                connect();
                return;
            } catch (TunnelException e) {
                reason = e;
            }
        }
        throw reason;
    }

    /** Ends the tunnel; may be called twice. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            if (!thread.join(CLOSE_DEADLINE)) {
                LOG.warn("[tunnel {}] it did not end within {} s", name(), CLOSE_DEADLINE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalThreadStateException e) {
            // it was never open
        }
        Life last = life;
        if (last != null) {
            last.connection.close();
        }
        addresses.gone(name());
        status.updateAndGet(now -> new TunnelStatus(
                now.provider(), State.CLOSED, now.url(), now.tcp(), "", Instant.now(), now.reopened()));
    }
}
