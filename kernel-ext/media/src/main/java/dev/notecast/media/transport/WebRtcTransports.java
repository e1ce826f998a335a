package dev.notecast.media.transport;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.relay.IceServers;
import dev.notecast.media.tcp.TcpPort;
import dev.notecast.media.udp.UdpLoops;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.sdp.Negotiated;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The sessions of one UDP port, spread over its loops: a session stays on the loop that had the fewest when it was
 * opened. Each datagram goes to its session by the peer's address or, for an ICE check from a new address, by the user
 * name in it. Any thread.
 */
public final class WebRtcTransports implements AutoCloseable {
    /** How often time passes for a session: fine enough for NACKs, cheap enough for thousands. */
    public static final Duration TICK = Duration.ofMillis(10);

    private final DtlsHandshakes handshakes;
    private final SessionTable table = new SessionTable();
    private final List<SessionLoop> loops;
    private final IceServers iceServers;
    private volatile TcpPort tcp; // null when there is none

    public WebRtcTransports(UdpLoops loops, DtlsHandshakes handshakes) {
        this.handshakes = handshakes;
        this.iceServers = new IceServers(loops, table::namedIn);
        this.table.answersGoTo(iceServers);
        this.loops =
                loops.all().stream().map(loop -> new SessionLoop(loop, table)).toList();
    }

    /** Begins to receive; once. */
    public void start() {
        loops.forEach(each -> each.loop().start(each));
    }

    /**
     * Takes connections too (RFC 6544), for sessions that are opened from now on.
     *
     * @param port 0 for any free one
     * @throws dev.notecast.media.tcp.TcpPortException when it cannot be used
     */
    public void listenTcp(int port) {
        tcp = TcpPort.listen(port, table::namedIn);
    }

    /** Empty when no connections are taken. */
    public OptionalInt tcpPort() {
        TcpPort listening = tcp;
        return listening == null ? OptionalInt.empty() : OptionalInt.of(listening.port());
    }

    /** TCP connections that are open. */
    public int tcpConnections() {
        TcpPort listening = tcp;
        return listening == null ? 0 : listening.connections();
    }

    /** The STUN and TURN servers that sessions use. */
    public IceServers iceServers() {
        return iceServers;
    }

    /** Takes no more connections. */
    @Override
    public void close() {
        if (tcp != null) {
            tcp.close();
        }
    }

    /** User names and remote addresses that stand for a session: none when there is no session. */
    public int tableSize() {
        return table.size();
    }

    /**
     * Opens a session. Its handler is made with the transport it will use, before the loop takes over.
     *
     * @param ice with our credentials, and nothing else yet
     * @param onClosed runs on the session's loop after the handler has been told
     * @throws IllegalStateException when the loop is closed or has too much to do
     */
    public WebRtcTransport open(
            String localUfrag,
            IceAgent ice,
            Negotiated negotiated,
            Function<WebRtcTransport, SessionHandler> handlerFor,
            Runnable onClosed) {
        SessionLoop home =
                loops.stream().min(Comparator.comparingInt(SessionLoop::load)).orElseThrow();
        WebRtcTransport transport = new WebRtcTransport(
                home, table, handshakes, localUfrag, ice, negotiated, tcpPort(), iceServers, onClosed);
        SessionHandler handler = handlerFor.apply(transport);
        if (!home.open(transport, handler)) {
            handler.closed("the media loop is busy");
            throw new IllegalStateException("the media loop takes no more sessions now: try again in a moment");
        }
        return transport;
    }

    /** Datagrams that belonged to no session. */
    public long unclaimed() {
        return table.unclaimed();
    }
}
