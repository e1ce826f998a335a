package dev.notecast.rtc.io;

import java.net.InetSocketAddress;

/**
 * Where datagrams leave and arrive on this side; with the remote address it names one way between two peers.
 *
 * @param address that the socket is bound to, the wildcard for a UDP socket of all interfaces; of a
 *     relay the relayed one
 */
public record LocalSocket(IpProtocol protocol, InetSocketAddress address) {
    public static LocalSocket udp(InetSocketAddress address) {
        return new LocalSocket(IpProtocol.UDP, address);
    }

    public static LocalSocket tcp(InetSocketAddress address) {
        return new LocalSocket(IpProtocol.TCP, address);
    }

    public static LocalSocket relay(InetSocketAddress relayed) {
        return new LocalSocket(IpProtocol.RELAY, relayed);
    }

    public boolean isRelay() {
        return protocol == IpProtocol.RELAY;
    }

    public boolean isTcp() {
        return protocol == IpProtocol.TCP;
    }
}
