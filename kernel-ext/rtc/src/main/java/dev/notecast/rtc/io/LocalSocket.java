package dev.notecast.rtc.io;

import java.net.InetSocketAddress;

/**
 * Where datagrams leave and arrive on this side; with the remote address it names one way between two peers.
 *
 * @param address that the socket is bound to, the wildcard for a UDP socket of all interfaces
 */
public record LocalSocket(IpProtocol protocol, InetSocketAddress address) {
    public static LocalSocket udp(InetSocketAddress address) {
        return new LocalSocket(IpProtocol.UDP, address);
    }

    public static LocalSocket tcp(InetSocketAddress address) {
        return new LocalSocket(IpProtocol.TCP, address);
    }

    public boolean isTcp() {
        return protocol == IpProtocol.TCP;
    }
}
