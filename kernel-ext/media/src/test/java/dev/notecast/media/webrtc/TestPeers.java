package dev.notecast.media.webrtc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.media.transport.SessionHandler;
import dev.notecast.media.transport.WebRtcTransport;
import dev.notecast.media.transport.WebRtcTransports;
import dev.notecast.media.udp.UdpLoops;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.ice.IceRole;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.AnswerToOffer;
import dev.notecast.rtc.sdp.LocalTransport;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.sdp.Offers;
import dev.notecast.rtc.sdp.SdpFragment;
import dev.notecast.rtc.sdp.SessionDescription;
import dev.notecast.rtc.srtp.SrtpSender;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** WebRTC peers on the offering side, over real sockets, DTLS and SRTP; one socket and one session each. */
final class TestPeers implements AutoCloseable {
    static final CodecParameters VP8 = new CodecParameters(Codec.VP8, Map.of());
    static final CodecParameters H264 =
            new CodecParameters(Codec.H264, Map.of("packetization-mode", "1", "profile-level-id", "42e01f"));

    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate();
    private final DtlsHandshakes handshakes = new DtlsHandshakes(identity);
    private final List<UdpLoops> loops = new CopyOnWriteArrayList<>();

    private boolean announcing;

    /** Peers tell their address from now on: a relay lets nobody else in. */
    TestPeers announcingLoopback() {
        announcing = true;
        return this;
    }

    /** Sends a video track to a server that answers offers with {@code post}. */
    Peer publish(CodecParameters video, Function<String, String> post) {
        return connect(local -> Offers.publish(List.of(video), local), post);
    }

    /** Receives a video track in one of the codecs. */
    Peer read(List<CodecParameters> codecs, Function<String, String> post) {
        return connect(local -> Offers.read(codecs, local), post);
    }

    /** Peers are connected before the server has handled its own end of DTLS. */
    static void awaitConnected(WebRtcServer server) {
        Await.until("the server to know it", () -> server.sessions().stream()
                .allMatch(session -> session.state().equals("connected")));
    }

    private Peer connect(Function<LocalTransport, SessionDescription> offerFor, Function<String, String> post) {
        IceCredentials credentials = IceCredentials.random(random);
        UdpLoops own = UdpLoops.bind(0, 1);
        loops.add(own);
        SessionDescription offer =
                offerFor.apply(new LocalTransport(credentials, identity.fingerprint(), candidates(own.port())));
        SessionDescription answer =
                switch (SessionDescription.parse(post.apply(offer.toString()))) {
                    case ParseResult.Ok<SessionDescription>(SessionDescription parsed) -> parsed;
                    case ParseResult.Malformed<SessionDescription>(String reason) -> throw new AssertionError(reason);
                };
        Negotiated negotiated = (Negotiated) AnswerToOffer.apply(offer, answer);
        WebRtcTransports transports = new WebRtcTransports(own, handshakes);
        transports.start();
        IceAgent ice = new IceAgent(IceRole.CONTROLLING, credentials, random.nextLong(), random);
        Peer peer = new Peer(negotiated.media().getFirst().payloads().getFirst().payloadType());
        peer.transport = transports.open(credentials.ufrag(), ice, negotiated, transport -> peer, () -> {});
        return peer;
    }

    private List<Candidate> candidates(int port) {
        return announcing
                ? List.of(Candidate.host(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CandidateTransport.UDP, 65_535))
                : List.of();
    }

    /** Restarts a peer's ICE at a server that answers fragments with {@code patch}. */
    void restart(Peer peer, Function<String, String> patch) {
        IceCredentials credentials = IceCredentials.random(random);
        var local = new LocalTransport(credentials, identity.fingerprint(), List.of());
        SdpFragment answer =
                fragment(patch.apply(SdpFragment.restarted(local, "0").toString()));
        IceAgent ice = new IceAgent(IceRole.CONTROLLING, credentials, random.nextLong(), random);
        assertTrue(peer.transport.restartIce(ice, answer.ice().orElseThrow(), answer.candidates()));
    }

    private static SdpFragment fragment(String text) {
        return switch (SdpFragment.parse(text)) {
            case ParseResult.Ok<SdpFragment>(SdpFragment parsed) -> parsed;
            case ParseResult.Malformed<SdpFragment>(String reason) -> throw new AssertionError(reason);
        };
    }

    @Override
    public void close() {
        handshakes.close();
        loops.forEach(UdpLoops::close);
    }

    /** One end of a session; what comes in is written down. */
    static final class Peer implements SessionHandler {
        final List<RtpPacket> received = new CopyOnWriteArrayList<>();
        final List<RtcpPacket> rtcp = new CopyOnWriteArrayList<>();
        final int payloadType;
        volatile WebRtcTransport transport;
        volatile boolean connected;
        volatile String closedReason;
        volatile RuntimeException tickFailure;

        Peer(int payloadType) {
            this.payloadType = payloadType;
        }

        void send(int sequenceNumber, boolean keyframe) {
            sendLong(sequenceNumber, keyframe, 4);
        }

        /** @param length of the payload, in bytes, 4 at least */
        void sendLong(int sequenceNumber, boolean keyframe, int length) {
            byte[] payload =
                    Arrays.copyOf(new byte[] {0x10, (byte) (keyframe ? 0 : 1), (byte) sequenceNumber, 4}, length);
            RtpPacket packet =
                    RtpPacket.of(payloadType, true, sequenceNumber & 0xFFFF, sequenceNumber * 3_000, 0xCAFE, payload);
            byte[] data = Arrays.copyOf(packet.data(), packet.length() + SrtpSender.MAX_OVERHEAD);
            transport.execute(() -> transport.sendRtp(data, 0, packet.length()));
        }

        void sendRtcp(RtcpPacket packet) {
            transport.execute(() -> transport.sendRtcp(List.of(packet)));
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
        public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
            rtcp.addAll(packets);
        }

        @Override
        public void tick(long nowNanos) {
            if (tickFailure != null) {
                throw tickFailure;
            }
        }

        @Override
        public void closed(String reason) {
            closedReason = reason;
        }
    }
}
