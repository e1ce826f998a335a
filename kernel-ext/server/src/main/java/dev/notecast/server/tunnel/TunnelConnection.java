package dev.notecast.server.tunnel;

/** An open tunnel. */
@FunctionalInterface
public interface TunnelConnection extends AutoCloseable {
    /** Ends it within a few seconds and leaves no process and no thread; may be called twice. */
    @Override
    void close();
}
