package dev.notecast.server.tunnel;

/** One kind of tunnel. Used by one thread at a time. */
public interface TunnelProvider {
    /** As people type it. */
    String name();

    /** Whether the service adds the address of each client to {@code X-Forwarded-For}. */
    default boolean namesClients() {
        return false;
    }

    /**
     * Opens the tunnel, and tells {@code events} its address before it returns. Blocks for half a minute at most.
     *
     * @throws TunnelException when there is none; nothing is left behind then
     */
    TunnelConnection connect(LocalPorts ports, TunnelEvents events) throws TunnelException, InterruptedException;
}
