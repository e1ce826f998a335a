package dev.notecast.media.webrtc;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.ice.IceRole;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.AnswerToOffer;
import dev.notecast.rtc.sdp.LocalTransport;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.sdp.Offers;
import dev.notecast.rtc.sdp.SessionDescription;
import dev.notecast.rtc.session.PeerSession;
import dev.notecast.rtc.session.SessionOutput;
import dev.notecast.rtc.session.SessionState;
import dev.notecast.rtc.srtp.SrtpKeys;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A viewer that only has a blocking TCP socket: it throws the answer's UDP candidates away and connects to the passive
 * one. Its agent takes the connection for a UDP way, so nothing of the server's TCP code is on this side.
 */
final class TcpPeer implements AutoCloseable, SessionOutput {
    private static final LocalSocket SOCKET = LocalSocket.udp(new InetSocketAddress("0.0.0.0", 1));

    final List<RtpPacket> received = new CopyOnWriteArrayList<>();
    final List<Candidate> offered;
    final Socket socket = new Socket();
    volatile boolean connected;
    volatile String closedReason;

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final DtlsHandshakes handshakes = new DtlsHandshakes(identity);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore unpaused = new Semaphore(1);
    private final InetSocketAddress server;
    private final DataOutputStream out;
    private final Negotiated negotiated;
    private final PeerSession session;
    private DtlsEndpoint dtls;

    TcpPeer(CodecParameters video, String host, Function<String, String> post) throws IOException {
        IceCredentials credentials = IceCredentials.random(random);
        SessionDescription offer =
                Offers.read(List.of(video), new LocalTransport(credentials, identity.fingerprint(), List.of()));
        String answer = post.apply(offer.toString());
        negotiated = (Negotiated) AnswerToOffer.apply(
                offer, ((ParseResult.Ok<SessionDescription>) SessionDescription.parse(answer)).value());
        offered = negotiated.remoteCandidates();
        Candidate passive = offered.stream()
                .filter(each -> each.transport() == CandidateTransport.TCP_PASSIVE
                        && each.address().equals(host))
                .findFirst()
                .orElseThrow();
        server = passive.socketAddress().orElseThrow();
        socket.setTcpNoDelay(true);
        socket.connect(server, 5_000);
        out = new DataOutputStream(socket.getOutputStream());

        IceAgent ice = new IceAgent(IceRole.CONTROLLING, credentials, random.nextLong(), random);
        long now = System.nanoTime();
        ice.addBase(SOCKET, 1, now);
        ice.setRemoteCredentials(negotiated.remoteIce(), now);
        session = new PeerSession(ice, negotiated.localRole(), this, now);
        thread.execute(
                () -> session.addRemoteCandidate(Candidate.host(server, CandidateTransport.UDP, 1), System.nanoTime()));
        thread.scheduleAtFixedRate(() -> session.tick(System.nanoTime()), 10, 10, TimeUnit.MILLISECONDS);
    }

    /** Reads until the connection ends; without it the peer is one that does not read. */
    TcpPeer reading() {
        Thread.ofPlatform().daemon().start(() -> {
            try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
                while (true) {
                    unpaused.acquire();
                    unpaused.release();
                    byte[] datagram = in.readNBytes(in.readUnsignedShort());
                    thread.execute(() -> session.receive(datagram, datagram.length, SOCKET, server, System.nanoTime()));
                }
            } catch (IOException | RejectedExecutionException | InterruptedException e) {
                // the connection or the test is over
            }
        });
        return this;
    }

    /** Reads no more, until {@link #resume}. */
    void pause() {
        unpaused.acquireUninterruptibly();
    }

    void resume() {
        unpaused.release();
    }

    @Override
    public void transmit(byte[] data, int offset, int length, LocalSocket local, InetSocketAddress remote) {
        try {
            out.writeShort(length);
            out.write(data, offset, length);
            out.flush();
        } catch (IOException e) {
            // closed: the session finds out by silence
        }
    }

    @Override
    public void checking(LocalSocket local, InetSocketAddress remote) {}

    @Override
    public void heardFrom(LocalSocket local, InetSocketAddress remote) {}

    @Override
    public void iceEnded(String localUfrag) {}

    @Override
    public void startDtls() {
        dtls = handshakes.start(negotiated.localRole(), negotiated.remoteFingerprint(), new DtlsEndpoint.Listener() {
            @Override
            public void transmit(byte[] datagram) {
                thread.execute(() -> session.sendDtls(datagram));
            }

            @Override
            public void established(SrtpKeys keys) {
                thread.execute(() -> session.dtlsEstablished(keys));
            }

            @Override
            public void failed(String reason) {
                thread.execute(() -> session.close(reason));
            }

            @Override
            public void closedByPeer() {
                thread.execute(() -> session.close("the peer left"));
            }
        });
    }

    @Override
    public void dtlsReceived(byte[] datagram) {
        dtls.receive(datagram);
    }

    @Override
    public void connected() {
        connected = true;
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        received.add(packet);
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {}

    @Override
    public void closed(String reason) {
        closedReason = reason;
    }

    boolean isOpen() {
        return session.state() != SessionState.CLOSED;
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        handshakes.close();
        socket.close();
    }
}
