package dev.notecast.server.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether TCP gets out. Blocks for 7 s at most. */
final class TcpCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(4); // the first SYN that is lost goes again after 1 s

    private TcpCheck() {}

    /** @param fix of a connection that fails */
    static Checked<Reach> run(String what, Optional<InetSocketAddress> target, String meaning) {
        if (target.isEmpty()) {
            return Checked.of(Reach.UNKNOWN, Finding.note(what, "nobody was asked", "", ""));
        }
        String place = Names.place(target.get().getHostString(), target.get().getPort());
        List<InetAddress> addresses = Names.lookUp(target.get().getHostString());
        if (addresses.isEmpty()) {
            return Checked.of(
                    Reach.NO, Finding.note(what, "no address is known for " + place, "no name server answers", ""));
        }
        long startNanos = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(addresses.getFirst(), target.get().getPort()), (int) PATIENCE.toMillis());
            long millis = (System.nanoTime() - startNanos) / 1_000_000;
            return Checked.of(Reach.YES, Finding.ok(what, place + " takes a connection, in " + millis + " ms"));
        } catch (IOException e) {
            return Checked.of(Reach.NO, Finding.note(what, place + " " + reason(e), meaning, ""));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case SocketTimeoutException timeout -> "does not answer";
            case NoRouteToHostException noRoute -> "is out of reach";
            case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") -> "refuses connections";
            default -> "is out of reach";
        };
    }
}
