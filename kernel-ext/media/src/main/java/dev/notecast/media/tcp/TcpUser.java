package dev.notecast.media.tcp;

import dev.notecast.media.udp.UdpLoop;

/** The session that a connection belongs to; every call but the first comes on its loop. */
public interface TcpUser {
    /** From any thread. */
    UdpLoop loop();

    /** A connection has named the session in its first datagram; false when it may not stay. */
    boolean attached(TcpConnection connection);

    /** @param datagram the receiver's from now on */
    void received(TcpConnection connection, byte[] datagram, long arrivalNanos);

    /** An attached connection is closed, by whomever. */
    void detached(TcpConnection connection);
}
