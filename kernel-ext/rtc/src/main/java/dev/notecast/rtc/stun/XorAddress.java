package dev.notecast.rtc.stun;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An address XORed with cookie and transaction id, so that no NAT rewrites it on the way (RFC 8489 §14.2). */
final class XorAddress {
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private XorAddress() {}

    static byte[] write(InetSocketAddress address, TransactionId id) {
        byte[] ip = address.getAddress().getAddress();
        int family = address.getAddress() instanceof Inet4Address ? IPV4 : IPV6;
        return ByteBuffer.allocate(4 + ip.length)
                .putShort((short) family)
                .putShort((short) (address.getPort() ^ StunMessage.COOKIE >>> 16))
                .put(xored(ip, id))
                .array();
    }

    static Optional<InetSocketAddress> read(ByteBuffer value, TransactionId id) {
        if (value.remaining() < 4) {
            return Optional.empty();
        }
        int family = value.getShort() & 0xFF; // the byte before it is to be ignored
        int port = (value.getShort() ^ StunMessage.COOKIE >>> 16) & 0xFFFF;
        byte[] ip = new byte[value.remaining()];
        if (!(family == IPV4 && ip.length == 4 || family == IPV6 && ip.length == 16)) {
            return Optional.empty();
        }
        value.get(ip);
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(xored(ip, id)), port));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }

    private static byte[] xored(byte[] ip, TransactionId id) {
        byte[] mask = ByteBuffer.allocate(16)
                .putInt(StunMessage.COOKIE)
                .putInt(id.high())
                .putLong(id.low())
                .array();
        byte[] result = new byte[ip.length];
        for (int i = 0; i < ip.length; i++) {
            result[i] = (byte) (ip[i] ^ mask[i]);
        }
        return result;
    }
}
