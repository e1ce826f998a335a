package dev.notecast.media.udp;

import java.net.InetSocketAddress;

/**
 * One thread with one UDP socket, bound to the wildcard of IPv4 and IPv6. Sessions that live on it need no lock: all
 * they do happens in calls of the {@link PacketHandler} or in tasks.
 */
public final class UdpLoop implements AutoCloseable {
    /** The longest datagram taken, in bytes; WebRTC stays under 1500. */
    public static final int MAX_DATAGRAM = 2047;

    /**
     * Binds the socket. Datagrams are delivered from {@link #start} on.
     *
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public static UdpLoop bind(int port) {
        throw new UnsupportedOperationException("in work");
    }

    /** Begins to deliver to the handler; called once, from any thread. */
    public void start(PacketHandler handler) {
        throw new UnsupportedOperationException("in work");
    }

    public int port() {
        throw new UnsupportedOperationException("in work");
    }

    /** Whether the caller is on the loop's thread. */
    public boolean inLoop() {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Sends a copy of the bytes, on the loop's thread only. It leaves when the current call of the handler or task ends
     * or enough has gathered; when the socket's buffer and ours are full it is dropped and counted.
     *
     * @return false when it was dropped
     */
    public boolean send(byte[] data, int offset, int length, InetSocketAddress remote) {
        throw new UnsupportedOperationException("in work");
    }

    /** Runs a task on the loop, from any thread; false when too many wait or the loop is closed: it never runs then. */
    public boolean execute(Runnable task) {
        throw new UnsupportedOperationException("in work");
    }

    /**
     * Asks for one {@link PacketHandler#timeout} call at that {@link System#nanoTime()}, on the loop's thread only. A
     * later call replaces the time.
     */
    public void wakeAt(long nanos) {
        throw new UnsupportedOperationException("in work");
    }

    public UdpCounters counters() {
        throw new UnsupportedOperationException("in work");
    }

    /** Closes the socket and ends the thread, waiting for both; may be called twice, not from the loop. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("in work");
    }
}
