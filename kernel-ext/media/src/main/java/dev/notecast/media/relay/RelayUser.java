package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import java.net.InetSocketAddress;

/** A session that may be reached through relays; every call but {@link #loop} comes on its loop. */
public interface RelayUser {
    /** Where it lives. */
    UdpLoop loop();

    /** @param datagram exactly the datagram; the receiver's from now on */
    void received(Relay relay, byte[] datagram, InetSocketAddress peer, long arrivalNanos);

    /** Nothing goes through this relay any more. */
    void ended(Relay relay);
}
