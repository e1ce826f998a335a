package dev.notecast.e2e;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The two ports of a server, of numbers that no system hands out by itself, so that nobody takes them meanwhile. */
record MediaPorts(int http, int udp) {
    private static final int FIRST = 12_000;
    private static final int END = 32_000; // Linux' ephemeral ports start at 32768
    private static final int ATTEMPTS = 100;

    static MediaPorts free() {
        return Stream.generate(() -> new MediaPorts(random(), random()))
                .limit(ATTEMPTS)
                .filter(MediaPorts::canBeBound)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no free ports"));
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(FIRST, END);
    }

    /** Whether nobody has either, on any address. */
    boolean canBeBound() {
        try (ServerSocket tcp = new ServerSocket(http);
                DatagramSocket datagrams = new DatagramSocket(udp)) {
            return tcp.isBound() && datagrams.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
