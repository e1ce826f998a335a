package dev.notecast.media.transport;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.relay.IcePolicy;
import dev.notecast.media.relay.IceServers;
import dev.notecast.media.relay.Relay;
import dev.notecast.media.relay.RelayUser;
import dev.notecast.media.stats.PairStatistics;
import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.tcp.TcpConnection;
import dev.notecast.media.tcp.TcpUser;
import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCounters;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.ice.SelectedPair;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.session.PeerSession;
import dev.notecast.rtc.session.SessionCounters;
import dev.notecast.rtc.session.SessionOutput;
import dev.notecast.rtc.session.SessionState;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One WebRTC session on its event loop: carries datagrams between the socket, the {@link PeerSession} and the DTLS
 * endpoint. All methods belong to the loop, except those that say otherwise.
 */
public final class WebRtcTransport implements SessionOutput, RtpSender, TcpUser, RelayUser {
    private static final int BASE_PREFERENCE = 65_535; // one socket, so nothing to prefer it to

    private final SessionLoop home;
    private final SessionTable table;
    private final UdpLoop loop;
    private final SessionDtls dtls;
    private final Runnable onClosed;
    private final LocalSocket udp;
    private final LocalSocket tcp; // null when there is no TCP port
    private final IceServers iceServers;
    private final SessionRelays relays;
    private final PeerSession session;
    private final List<String> ufrags = new ArrayList<>(2); // one, and a second during an ICE restart
    private final Remotes remotes;
    private final Connections connections = new Connections();
    private final AtomicLong packets = new AtomicLong(); // written by the loop only
    private final AtomicLong bytes = new AtomicLong();
    private volatile SessionState state = SessionState.CONNECTING; // the session's, for tables
    private volatile String overdueClose; // null while nobody wants it

    private SessionHandler handler;
    private long nextTickNanos; // since it was connected

    WebRtcTransport(
            SessionLoop home,
            SessionTable table,
            DtlsHandshakes handshakes,
            String localUfrag,
            IceAgent ice,
            Negotiated negotiated,
            OptionalInt tcpPort,
            IceServers iceServers,
            Runnable onClosed) {
        this.home = home;
        this.table = table;
        this.remotes = new Remotes(table, this);
        this.loop = home.loop();
        this.ufrags.add(localUfrag);
        this.onClosed = onClosed;
        this.udp = LocalSocket.udp(new InetSocketAddress(loop.port()));
        this.tcp = tcpPort.isEmpty() ? null : LocalSocket.tcp(new InetSocketAddress(tcpPort.getAsInt()));
        this.iceServers = iceServers;
        this.relays = new SessionRelays(this);
        this.dtls = new SessionDtls(handshakes, negotiated.localRole(), negotiated.remoteFingerprint());
        long nowNanos = System.nanoTime();
        prepare(ice, negotiated.remoteIce(), negotiated.remoteCandidates(), nowNanos);
        this.session = new PeerSession(ice, negotiated.localRole(), this, nowNanos);
    }

    /** Runs a task on the session's loop, from any thread; false when it never will. */
    public boolean execute(Runnable task) {
        return loop.execute(task);
    }

    /** Ends the session, from any thread; only the first call counts. */
    public void close(String reason) {
        if (!loop.execute(() -> session.close(reason))) {
            overdueClose = reason; // too many tasks wait: the next tick does it
        }
    }

    private void prepare(IceAgent ice, IceCredentials remote, List<Candidate> candidates, long nowNanos) {
        if (iceServers.policy() == IcePolicy.ALL) {
            ice.addBase(udp, BASE_PREFERENCE, nowNanos);
            if (tcp != null) {
                ice.addBase(tcp, BASE_PREFERENCE, nowNanos);
            }
        }
        relays.addBases(ice, iceServers.ready(), nowNanos);
        relays.invite(candidates);
        ice.setRemoteCredentials(remote, nowNanos);
        candidates.forEach(candidate -> ice.addRemoteCandidate(candidate, nowNanos));
    }

    /**
     * Begins an ICE restart (RFC 8445 §9) while media keeps its way, from any thread.
     *
     * @param ice with our new credentials, and nothing else yet
     * @return false when the session's loop has too much to do
     */
    public boolean restartIce(IceAgent ice, IceCredentials remote, List<Candidate> candidates) {
        return loop.execute(() -> {
            if (session.state() != SessionState.CLOSED) {
                long nowNanos = System.nanoTime();
                ufrags.add(ice.localUfrag());
                table.add(ice.localUfrag(), this);
                prepare(ice, remote, candidates, nowNanos);
                session.restartIce(ice, nowNanos);
            }
        });
    }

    /** Whether a restart has not found its way yet. */
    public boolean isRestarting() {
        return ufrags.size() > 1;
    }

    /** Adds the peer's trickled candidates, from any thread; false when the session's loop has too much to do. */
    public boolean trickle(List<Candidate> candidates) {
        return loop.execute(() -> {
            long nowNanos = System.nanoTime();
            relays.invite(candidates);
            candidates.forEach(candidate -> session.addRemoteCandidate(candidate, nowNanos));
        });
    }

    /** From any thread. */
    public SessionState state() {
        return state;
    }

    /** The way that packets take, empty before one was found. */
    public Optional<PairStatistics> pairStatistics() {
        return session.selectedPair().map(pair -> Pairs.describe(pair, session.iceRestarts()));
    }

    /** What the session has dropped, on its loop. */
    public SessionCounters counters() {
        return session.counters();
    }

    /** What the ICE generation in use has dropped, on the session's loop. */
    public IceCounters iceCounters() {
        return session.iceCounters();
    }

    public List<TrackStatistics> trackStatistics() {
        return handler == null ? List.of() : handler.trackStatistics();
    }

    /** RTP packets received and sent, from any thread. */
    public long packets() {
        return packets.get();
    }

    /** RTP bytes received and sent, from any thread. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void sendRtp(byte[] data, int offset, int length) {
        count(length);
        session.sendRtp(data, offset, length);
    }

    @Override
    public void resendRtp(byte[] data, int offset, int length) {
        count(length);
        session.resendRtp(data, offset, length);
    }

    @Override
    public void sendRtcp(List<RtcpPacket> toSend) {
        session.sendRtcp(toSend);
    }

    /** The loop that the session stays on. */
    @Override
    public UdpLoop loop() {
        return loop;
    }

    SessionLoop home() {
        return home;
    }

    void start(SessionHandler sessionHandler, long nowNanos) {
        table.add(ufrags.getFirst(), this);
        handler = sessionHandler;
        if (session.state() == SessionState.CLOSED) {
            closed("closed before it began");
        }
        session.tick(nowNanos);
    }

    void receive(byte[] data, InetSocketAddress from, long nowNanos) {
        session.receive(data, data.length, udp, from, nowNanos);
    }

    void tick(long nowNanos) {
        if (overdueClose != null) {
            session.close(overdueClose);
        }
        boolean wasConnected = session.state() == SessionState.CONNECTED;
        if (wasConnected && nowNanos - nextTickNanos < 0) {
            return; // ICE can wait as long: what it does by itself is counted in seconds
        }
        if (nowNanos - session.nextTimeoutNanos() >= 0) {
            session.tick(nowNanos);
        }
        if (session.state() == SessionState.CONNECTED) {
            nextTickNanos = nowNanos + handler.tickNanos();
            handler.tick(nowNanos);
        }
    }

    /** Ends a session that threw. */
    void fail() {
        session.close("an internal error, see the log");
    }

    @Override
    public void transmit(byte[] data, int offset, int length, LocalSocket local, InetSocketAddress to) {
        if (local == udp) { // the agent gives back what it was given
            loop.send(data, offset, length, to);
            return;
        }
        if (local.isRelay()) {
            relays.send(data, offset, length, local, to);
            return;
        }
        connections.send(data, offset, length, to);
    }

    @Override
    public void checking(LocalSocket local, InetSocketAddress remote) {
        if (local.isRelay()) {
            relays.checking(local, remote);
        } else if (!local.isTcp()) {
            remotes.expect(remote);
        }
    }

    @Override
    public void heardFrom(LocalSocket local, InetSocketAddress remote) {
        if (local.isRelay()) {
            relays.heardFrom(local, remote);
            return;
        }
        if (local.isTcp()) {
            connections.proven(remote);
            return;
        }
        remotes.claim(remote);
    }

    @Override
    public boolean attached(TcpConnection connection) {
        if (session.state() == SessionState.CLOSED) {
            return false;
        }
        InetSocketAddress inUse =
                session.selectedPair().map(SelectedPair::remote).orElse(null);
        TcpConnection out = connections.add(connection, inUse);
        if (out != null) {
            out.close();
            session.connectionClosed(tcp, out.remote(), System.nanoTime());
        }
        return true;
    }

    @Override
    public void received(TcpConnection connection, byte[] datagram, long arrivalNanos) {
        session.receive(datagram, datagram.length, tcp, connection.remote(), arrivalNanos);
    }

    @Override
    public void detached(TcpConnection connection) {
        if (connections.remove(connection)) {
            session.connectionClosed(tcp, connection.remote(), System.nanoTime());
        }
    }

    @Override
    public void received(Relay relay, byte[] datagram, InetSocketAddress peer, long arrivalNanos) {
        session.receive(datagram, datagram.length, relay.local(), peer, arrivalNanos);
    }

    @Override
    public void ended(Relay relay) {
        long nowNanos = System.nanoTime();
        relays.ended(relay).forEach(peer -> session.connectionClosed(relay.local(), peer, nowNanos));
    }

    @Override
    public void iceEnded(String localUfrag) {
        ufrags.remove(localUfrag);
        table.remove(localUfrag, this);
    }

    @Override
    public void startDtls() {
        dtls.start(this, session);
    }

    @Override
    public void dtlsReceived(byte[] datagram) {
        dtls.receive(datagram);
    }

    @Override
    public void connected() {
        state = SessionState.CONNECTED;
        nextTickNanos = System.nanoTime();
        handler.connected();
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        count(packet.length());
        handler.rtpReceived(packet, arrivalNanos);
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> received, long arrivalNanos) {
        handler.rtcpReceived(received, arrivalNanos);
    }

    @Override
    public void closed(String reason) {
        state = SessionState.CLOSED;
        dtls.close();
        ufrags.forEach(ufrag -> table.remove(ufrag, this));
        home.remove(this);
        remotes.release();
        connections.closeSoon();
        relays.close();
        if (handler != null) {
            handler.closed(reason);
            onClosed.run();
        }
    }

    private void count(int length) {
        packets.lazySet(packets.getPlain() + 1);
        bytes.lazySet(bytes.getPlain() + length);
    }
}
