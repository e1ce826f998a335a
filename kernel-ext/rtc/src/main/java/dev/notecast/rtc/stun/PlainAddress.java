package dev.notecast.rtc.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An address as it is, in the form of MAPPED-ADDRESS (RFC 8489 §14.1). */
final class PlainAddress {
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private PlainAddress() {}

    static byte[] write(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        return ByteBuffer.allocate(4 + ip.length)
                .putShort((short) (ip.length == 4 ? IPV4 : IPV6))
                .putShort((short) address.getPort())
                .put(ip)
                .array();
    }

    static Optional<InetSocketAddress> read(ByteBuffer value) {
        if (value.remaining() < 4) {
            return Optional.empty();
        }
        int family = value.getShort() & 0xFF; // the byte before it is to be ignored
        int port = value.getShort() & 0xFFFF;
        byte[] ip = new byte[value.remaining()];
        if (!(family == IPV4 && ip.length == 4 || family == IPV6 && ip.length == 16)) {
            return Optional.empty();
        }
        value.get(ip);
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(ip), port));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }
}
