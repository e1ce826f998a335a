package dev.notecast.server.port;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds ports that are free right now. */
public final class Ports {
    private static final int TRIES = 50;
    private static final int MAX_PORT = 65_535;

    private Ports() {}

    /** The first TCP port after {@code taken} that nobody listens on. */
    public static OptionalInt nextFreeTcp(String host, int taken) {
        return following(taken).filter(port -> isFreeTcp(host, port)).findFirst();
    }

    /** The first UDP port after {@code taken} that nobody has bound. */
    public static OptionalInt nextFreeUdp(int taken) {
        return following(taken).filter(Ports::isFreeUdp).findFirst();
    }

    private static IntStream following(int taken) {
        return IntStream.rangeClosed(taken + 1, Math.min(taken + TRIES, MAX_PORT));
    }

    /** Whether it could be listened on now. */
    public static boolean isFreeTcp(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it could be bound now. */
    public static boolean isFreeUdp(int port) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(port))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
