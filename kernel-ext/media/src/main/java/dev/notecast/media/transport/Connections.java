package dev.notecast.media.transport;

import dev.notecast.media.tcp.TcpConnection;
import dev.notecast.rtc.io.Demux;
import dev.notecast.rtc.io.PacketKind;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** The TCP connections of one session. Belongs to the session's loop. */
final class Connections {
    private static final int MAX = 8; // one in use, and those that a peer has given up without a word

    private final Map<InetSocketAddress, TcpConnection> byRemote = new LinkedHashMap<>(); // oldest first

    /** Sends a copy of a datagram, where there is a connection to this address. */
    void send(byte[] data, int offset, int length, InetSocketAddress to) {
        TcpConnection connection = byRemote.get(to);
        if (connection != null) {
            connection.send(data, offset, length, Demux.classify(data, offset, length) == PacketKind.RTP);
        }
    }

    /** The peer at this address has proved to know the session's password. */
    void proven(InetSocketAddress remote) {
        TcpConnection connection = byRemote.get(remote);
        if (connection != null) {
            connection.proven();
        }
    }

    /**
     * Takes a connection.
     *
     * @param inUse where media goes, or null: that connection stays
     * @return the one that has to make room for it and is taken out, or null
     */
    TcpConnection add(TcpConnection connection, InetSocketAddress inUse) {
        TcpConnection out = byRemote.size() < MAX ? null : leastNeeded(inUse);
        if (out != null) {
            byRemote.remove(out.remote());
        }
        byRemote.put(connection.remote(), connection);
        return out;
    }

    /** The oldest of those that have not proved to know the session's password, else the oldest. */
    private TcpConnection leastNeeded(InetSocketAddress inUse) {
        TcpConnection oldest = null;
        for (TcpConnection each : byRemote.values()) {
            if (each.remote().equals(inUse)) {
                continue;
            }
            if (!each.isProven()) {
                return each;
            }
            if (oldest == null) {
                oldest = each;
            }
        }
        return oldest;
    }

    /** False when it is not here any more. */
    boolean remove(TcpConnection connection) {
        return byRemote.remove(connection.remote(), connection);
    }

    /** Closes all when the session's goodbye has had the time to leave. */
    void closeSoon() {
        byRemote.values().forEach(TcpConnection::closeSoon);
    }
}
