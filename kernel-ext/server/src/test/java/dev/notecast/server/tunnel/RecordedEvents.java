package dev.notecast.server.tunnel;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a tunnel tells. */
public final class RecordedEvents implements TunnelEvents {
    public final List<URI> urls = new CopyOnWriteArrayList<>();
    public final List<InetSocketAddress> tcp = new CopyOnWriteArrayList<>();
    public final CompletableFuture<TunnelException> end = new CompletableFuture<>();

    @Override
    public void url(URI url) {
        urls.add(url);
    }

    @Override
    public void tcp(InetSocketAddress address) {
        tcp.add(address);
    }

    @Override
    public void ended(TunnelException reason) {
        end.complete(reason);
    }
}
