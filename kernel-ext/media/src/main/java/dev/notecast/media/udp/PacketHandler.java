package dev.notecast.media.udp;

import java.net.InetSocketAddress;

/** What comes in on a {@link UdpLoop}. Every call is on the loop's thread and must not block. */
public interface PacketHandler {
    /**
     * A datagram.
     *
     * @param data exactly the datagram; the receiver's from now on
     * @param arrivalNanos {@link System#nanoTime()} when the batch was read
     */
    void received(byte[] data, InetSocketAddress remote, long arrivalNanos);

    /** Everything that had arrived (16 datagrams at most) has been handed over: the moment to fan out. */
    void batchEnd(long nowNanos);

    /** The time given to {@link UdpLoop#wakeAt} has come. */
    void timeout(long nowNanos);
}
