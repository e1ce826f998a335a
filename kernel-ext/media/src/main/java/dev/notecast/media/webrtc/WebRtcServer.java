package dev.notecast.media.webrtc;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.media.egress.whep.Fanouts;
import dev.notecast.media.path.NoStreamException;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.media.relay.IceServers;
import dev.notecast.media.stats.SessionStatistics;
import dev.notecast.media.stats.TransportStatistics;
import dev.notecast.media.stream.Source;
import dev.notecast.media.tcp.TcpPortException;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.media.transport.WebRtcTransports;
import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.media.udp.UdpCounters;
import dev.notecast.media.udp.UdpLoop;
import dev.notecast.media.udp.UdpLoops;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.session.SessionState;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** WHIP and WHEP sessions on one UDP and one TCP port. Calls block for a few milliseconds: not for event loops. */
public final class WebRtcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebRtcServer.class);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);

    private static final IceOptions UDP_ONLY = new IceOptions(new TcpMode.Off(), List.of());

    private final DtlsHandshakes handshakes;
    private final UdpLoops loops;
    private final WebRtcTransports transports;
    private final Fanouts fanouts = new Fanouts();
    private final Sessions sessions = new Sessions();
    private final Signaling signaling;
    private final HostCandidates hostCandidates;
    private final LocalCandidates localCandidates;

    private WebRtcServer(PathManager paths, UdpLoops loops, boolean anyPort, IceOptions options, SessionLimits limits) {
        this.loops = loops;
        DtlsIdentity identity = DtlsIdentity.generate();
        this.handshakes = new DtlsHandshakes(identity);
        this.transports = new WebRtcTransports(loops, handshakes);
        try {
            options.tcp()
                    .portFor(loops.port())
                    .ifPresent(port -> listenTcp(port, anyPort && options.tcp() instanceof TcpMode.LikeUdp));
        } catch (TcpPortException e) {
            handshakes.close();
            loops.close();
            throw e;
        }
        hostCandidates = new HostCandidates(
                loops.port(),
                transports.tcpPort(),
                options.announced(),
                LocalAddresses::forHostCandidates,
                System::nanoTime);
        localCandidates = new LocalCandidates(hostCandidates, loops.port(), transports.iceServers());
        this.signaling = new Signaling(paths, identity, transports, localCandidates, fanouts, sessions, limits);
    }

    /**
     * Binds the ports and warms up DTLS, so that the first viewer does not wait for class loading.
     *
     * @param udpPort 0 for any free one
     * @throws TcpPortException when the TCP port is taken
     * @throws java.io.UncheckedIOException when the UDP port is taken
     */
    public static WebRtcServer start(PathManager paths, int udpPort, IceOptions options, SessionLimits limits) {
        return start(paths, udpPort, UdpLoops.defaultCount(), options, limits);
    }

    /** Starts with UDP alone. */
    static WebRtcServer start(PathManager paths, int udpPort) {
        return start(paths, udpPort, UdpLoops.defaultCount());
    }

    static WebRtcServer start(PathManager paths, int udpPort, int loops) {
        return start(paths, udpPort, loops, UDP_ONLY, SessionLimits.DEFAULT);
    }

    /** @param loops media threads to spread the sessions over */
    private static WebRtcServer start(
            PathManager paths, int udpPort, int loops, IceOptions options, SessionLimits limits) {
        WebRtcServer server = new WebRtcServer(paths, UdpLoops.bind(udpPort, loops), udpPort == 0, options, limits);
        server.transports.start();
        try {
            server.handshakes.warmUp();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** Where any UDP port was asked for, another TCP port does as well. */
    private void listenTcp(int port, boolean orAnother) {
        try {
            transports.listenTcp(port);
        } catch (TcpPortException e) {
            if (!orAnother) {
                throw e;
            }
            transports.listenTcp(0);
        }
    }

    /** New sessions are told that these lead to the TCP port, from wherever they are; takes the place of those before. */
    public void announceTunnels(List<InetSocketAddress> addresses) {
        hostCandidates.tunneled(addresses);
    }

    public int udpPort() {
        return loops.port();
    }

    /** The STUN and TURN servers that sessions use; none at first. */
    public IceServers iceServers() {
        return transports.iceServers();
    }

    /** TCP connections that are open. */
    int tcpConnections() {
        return transports.tcpConnections();
    }

    /** Empty when no connections are taken. */
    public OptionalInt tcpPort() {
        return transports.tcpPort();
    }

    /**
     * Takes a publisher's offer (WHIP, RFC 9725 §4.2).
     *
     * @throws SignalingException when the offer cannot be answered
     * @throws dev.notecast.media.path.PathTakenException when somebody publishes there
     */
    public SessionAnswer publish(PathName path, String offerSdp) {
        return signaling.publish(path, offerSdp);
    }

    /**
     * Takes an offer of either direction or both: what the peer sends is published, and goes back to it where it receives
     * video. One that only receives is a reader.
     *
     * @param processed empty where what the peer sends goes back as it came
     * @throws SignalingException when the offer cannot be answered
     * @throws dev.notecast.media.path.PathTakenException when it sends and somebody publishes there
     * @throws NoStreamException when it only receives and nobody publishes there
     */
    public SessionAnswer exchange(PathName path, Optional<Processed> processed, String offerSdp) {
        return signaling.exchange(path, processed, offerSdp);
    }

    /**
     * Takes a reader's offer (WHEP).
     *
     * @throws SignalingException when the offer cannot be answered
     * @throws NoStreamException when nobody publishes there
     */
    public SessionAnswer read(PathName path, String offerSdp) {
        return signaling.read(path, offerSdp);
    }

    /**
     * What an answer would offer now, best first; nothing while only relays are allowed and none is ready. May wait for
     * some hundred milliseconds.
     */
    public List<Candidate> localCandidates() {
        try {
            return localCandidates.now();
        } catch (SignalingException e) {
            return List.of();
        }
    }

    /**
     * Adds the candidates of a trickle fragment (RFC 8840) to a session.
     *
     * @throws SignalingException {@code BAD_SDP}, {@code UNKNOWN_SESSION}, {@code OTHER_GENERATION} or {@code BUSY}
     */
    public void trickle(String sessionId, String sdpFragment) {
        signaling.trickle(sessions.require(sessionId), sdpFragment);
    }

    /**
     * Restarts a session's ICE with the peer's new credentials and candidates (RFC 9725 §4.3.3); media keeps its way
     * until another is found. A fragment with the credentials in use only adds its candidates.
     *
     * @return empty when nothing was restarted
     * @throws SignalingException {@code BAD_SDP}, {@code UNKNOWN_SESSION}, {@code TOO_OFTEN} or {@code BUSY}
     */
    public Optional<RestartAnswer> restart(String sessionId, String sdpFragment) {
        return signaling.restart(sessions.require(sessionId), sdpFragment);
    }

    /** The current ETag of a session, without quotes. @throws SignalingException {@code UNKNOWN_SESSION} */
    public String etag(String sessionId) {
        return sessions.require(sessionId).generation().etag();
    }

    /** The path of a session. @throws SignalingException {@code UNKNOWN_SESSION} or {@code DISMISSED} */
    public PathName pathOf(String sessionId) {
        return sessions.require(sessionId).path();
    }

    /** Whether a session waits for its peer: no way was found yet, or the handshake is not done. */
    public boolean isConnecting(String sessionId) {
        return sessions.find(sessionId)
                .filter(session -> session.transport().state() == SessionState.CONNECTING)
                .isPresent();
    }

    /** Ends a session; false when there is none of that id. Its path is free when this returns. */
    public boolean end(String sessionId) {
        Optional<Session> ended = endSoon(sessionId);
        ended.ifPresent(session -> awaitEnd(session.transport()));
        return ended.isPresent();
    }

    private Optional<Session> endSoon(String sessionId) {
        Optional<Session> ended = sessions.remove(sessionId);
        ended.ifPresent(session -> session.transport().close("ended by DELETE"));
        return ended;
    }

    /** The loop does things in their order, so what was asked of it before is done. */
    private static void awaitEnd(WebRtcTransport transport) {
        CountDownLatch done = new CountDownLatch(1);
        if (!transport.execute(done::countDown)) {
            return; // it has too much to do, and will end the session when it can
        }
        try {
            done.await(CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the session that tables show under this name, for good: who asks for it later is told so. False when there is
     * none, or more than one.
     */
    public boolean kick(String shortId) {
        Optional<String> id = sessions.idShownAs(shortId);
        id.ifPresent(named -> sessions.dismiss(named, Source.STOPPED_BY_OWNER));
        return id.map(this::end).orElse(false);
    }

    /**
     * Every session at this moment, asked on its loop; of one whose loop does not answer within half a second only what
     * is known without.
     */
    public List<SessionStatistics> statistics() {
        return SessionQuery.ask(sessions.all());
    }

    /** Those of one path, asked in the same way. */
    public List<SessionStatistics> statistics(PathName path) {
        return SessionQuery.ask(sessions.of(path));
    }

    /** Those that tables show under these names, in this order, asked in the same way. */
    public List<SessionStatistics> statistics(List<String> shortIds) {
        return SessionQuery.ask(sessions.shownAs(shortIds));
    }

    /** One session by the id that opens it, asked in the same way; empty when there is none. */
    public Optional<SessionStatistics> statistics(String sessionId) {
        return sessions.find(sessionId)
                .map(session -> SessionQuery.ask(List.of(session)).getFirst());
    }

    /** What the ports have carried. */
    public TransportStatistics transportStatistics() {
        return new TransportStatistics(
                loops.all().stream().map(UdpLoop::counters).reduce(UdpCounters.NONE, UdpCounters::plus),
                handshakes.counters(),
                transports.unclaimed(),
                transports.tcpConnections(),
                fanouts.dropped(),
                loops.all().size());
    }

    /** User names and remote addresses that stand for sessions. */
    int tableSize() {
        return transports.tableSize();
    }

    /** Viewers that are given packets, or will be. */
    int fanoutViewers() {
        return fanouts.viewers();
    }

    public List<SessionInfo> sessions() {
        return sessions.all().stream().map(Session::info).toList();
    }

    /** Ends every session and frees the port; may be called twice. */
    @Override
    public void close() {
        transports.close();
        sessions.ids().forEach(this::endSoon);
        // so that the DTLS threads know of every goodbye to be said
        if (!loops.await(CLOSE_DEADLINE)) {
            LOG.warn("the media loops did not end their sessions within {} s", CLOSE_DEADLINE.toSeconds());
        }
        handshakes.close();
        transports.iceServers().close(); // after the goodbyes, which may go through relays
        loops.close();
    }
}
