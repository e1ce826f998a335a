package dev.notecast.bench;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.session.PeerSession;
import dev.notecast.rtc.session.SessionCounters;
import dev.notecast.rtc.session.SessionOutput;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpProfile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * A publisher's or reader's end: a UDP socket or a TCP connection, a session, and media. Belongs to its loop's thread.
 * Its ICE agent takes a connection for a UDP way, so nothing of the server's TCP code is on this side.
 */
final class Peer implements SessionOutput {
    private static final int BASE_PREFERENCE = 65_535;
    private static final int TCP_PEER = 1; // port of a socket that is none
    private static final int LENGTH = Short.BYTES;

    private final PeerLoop loop;
    private final DtlsHandshakes handshakes;
    private final LocalSocket local;
    private final CompletableFuture<SrtpProfile> connected = new CompletableFuture<>();
    private Channel channel; // null before a TCP peer has an answer
    private Negotiated negotiated;
    private Media media;
    private boolean ipv6Only;
    private PeerSession session;
    private DtlsEndpoint dtls;
    private SrtpProfile profile;
    private String end; // null while the session lives

    /** Opens the socket; from any thread. */
    Peer(PeerLoop loop, DtlsHandshakes handshakes) {
        this.loop = loop;
        this.handshakes = handshakes;
        channel = loop.open(new Inbound());
        local = LocalSocket.udp(new InetSocketAddress(((InetSocketAddress) channel.localAddress()).getPort()));
    }

    private Peer(PeerLoop loop, DtlsHandshakes handshakes, LocalSocket local) {
        this.loop = loop;
        this.handshakes = handshakes;
        this.local = local;
    }

    /** One that connects to the answer's first passive TCP candidate of the loopback interface, and has no other way. */
    static Peer overTcp(PeerLoop loop, DtlsHandshakes handshakes) {
        return new Peer(loop, handshakes, LocalSocket.udp(new InetSocketAddress(TCP_PEER)));
    }

    /** One that speaks with the answer's address {@code ::1} and no other, and says nothing of its own addresses. */
    static Peer overIpv6(PeerLoop loop, DtlsHandshakes handshakes) {
        Peer peer = new Peer(loop, handshakes);
        peer.ipv6Only = true;
        return peer;
    }

    private boolean isTcp() {
        return local.address().getPort() == TCP_PEER;
    }

    /** Empty for one that the server cannot call. */
    OptionalInt port() {
        return isTcp() || ipv6Only
                ? OptionalInt.empty()
                : OptionalInt.of(local.address().getPort());
    }

    /** Begins to connect; from any thread. The result is there when keys are. */
    CompletableFuture<SrtpProfile> connect(IceAgent ice, Negotiated agreed, Media handler) {
        List<Candidate> remotes = isTcp() ? List.of(connectTo(agreed)) : reachable(agreed);
        loop.execute(() -> {
            negotiated = agreed;
            media = handler;
            long now = System.nanoTime();
            ice.addBase(local, BASE_PREFERENCE, now);
            ice.setRemoteCredentials(agreed.remoteIce(), now);
            remotes.forEach(candidate -> ice.addRemoteCandidate(candidate, now));
            session = new PeerSession(ice, agreed.localRole(), this, now);
            loop.add(this);
            channel.config().setAutoRead(true);
        });
        return connected;
    }

    private List<Candidate> reachable(Negotiated agreed) {
        return agreed.remoteCandidates().stream()
                .filter(each -> !ipv6Only || isIpv6Loopback(each))
                .toList();
    }

    private static boolean isIpv6Loopback(Candidate candidate) {
        InetAddress address = candidate.socketAddress().orElseThrow().getAddress();
        return address instanceof Inet6Address && address.isLoopbackAddress();
    }

    private Candidate connectTo(Negotiated agreed) {
        InetSocketAddress server = agreed.remoteCandidates().stream()
                .filter(each -> each.transport() == CandidateTransport.TCP_PASSIVE)
                .map(each -> each.socketAddress().orElseThrow())
                .filter(each -> each.getAddress().isLoopbackAddress())
                .findFirst()
                .orElseThrow();
        channel = loop.connect(server, new Framed(server));
        return Candidate.host(server, CandidateTransport.UDP, BASE_PREFERENCE);
    }

    /** Why the session is over; null while it lives. */
    String end() {
        return end;
    }

    SessionCounters counters() {
        return session.counters();
    }

    void sendRtp(byte[] packet, int length) {
        session.sendRtp(packet, 0, length);
    }

    void sendRtcp(RtcpPacket packet) {
        session.sendRtcp(List.of(packet));
    }

    /** Says goodbye. */
    void leave() {
        session.close("left");
    }

    /** Closes the socket without a word, as a process that is killed; from any thread. */
    void vanish() {
        if (channel != null) {
            channel.close().awaitUninterruptibly(5_000);
        }
        loop.ask(() -> {
            loop.remove(this);
            if (session != null) {
                session.close("vanished");
            }
            return null;
        });
    }

    /** Hears and says nothing more, with its socket open; from any thread. */
    void freeze() {
        loop.ask(() -> {
            channel.config().setAutoRead(false);
            loop.remove(this);
            return null;
        });
    }

    private void received(ByteBuf content, InetSocketAddress from) {
        long now = System.nanoTime();
        int length = content.readableBytes();
        boolean rtp = length > 1
                && Byte.toUnsignedInt(content.getByte(content.readerIndex())) >= 128
                && (content.getByte(content.readerIndex() + 1) & 0x7F) < 64; // RFC 5761 §4: else RTCP
        if (rtp && profile != null && media.takesHeaderOnly(content)) {
            return;
        }
        byte[] data = new byte[length]; // the session's from now on
        content.readBytes(data);
        session.receive(data, length, local, from, now);
    }

    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            received(packet.content(), packet.sender());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // an address that cannot be reached from here; the checks show which one can
        }
    }

    /** A connection's datagrams, each behind its length (RFC 4571 §2). */
    private final class Framed extends SimpleChannelInboundHandler<ByteBuf> {
        private final InetSocketAddress server;
        private final ByteBuf pending = Unpooled.buffer();

        private Framed(InetSocketAddress server) {
            this.server = server;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf chunk) {
            pending.writeBytes(chunk);
            while (pending.readableBytes() >= LENGTH
                    && pending.readableBytes() >= LENGTH + pending.getUnsignedShort(pending.readerIndex())) {
                received(pending.readSlice(pending.readUnsignedShort()), server);
            }
            pending.discardReadBytes();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // reset: the session finds out by silence
        }
    }

    void tick(long nowNanos) {
        if (nowNanos - session.nextTimeoutNanos() >= 0) {
            session.tick(nowNanos);
        }
        if (profile != null && end == null) {
            media.tick(nowNanos);
        }
    }

    @Override
    public void transmit(byte[] datagram, int offset, int length, LocalSocket from, InetSocketAddress remote) {
        if (isTcp()) {
            ByteBuf framed = channel.alloc().directBuffer(LENGTH + length);
            channel.writeAndFlush(
                    framed.writeShort(length).writeBytes(datagram, offset, length), channel.voidPromise());
            return;
        }
        ByteBuf copy = channel.alloc().directBuffer(length).writeBytes(datagram, offset, length);
        channel.writeAndFlush(new DatagramPacket(copy, remote), channel.voidPromise());
    }

    @Override
    public void checking(LocalSocket from, InetSocketAddress remote) {
        // the socket is this peer's alone
    }

    @Override
    public void heardFrom(LocalSocket at, InetSocketAddress remote) {
        // the socket is this peer's alone
    }

    @Override
    public void iceEnded(String localUfrag) {
        // the session ends with it
    }

    @Override
    public void startDtls() {
        dtls = handshakes.start(negotiated.localRole(), negotiated.remoteFingerprint(), new DtlsListener());
    }

    @Override
    public void dtlsReceived(byte[] datagram) {
        dtls.receive(datagram);
    }

    @Override
    public void connected() {
        connected.complete(profile);
    }

    @Override
    public void rtpReceived(RtpPacket packet, long arrivalNanos) {
        media.rtpReceived(packet, arrivalNanos);
    }

    @Override
    public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
        media.rtcpReceived(packets, arrivalNanos);
    }

    @Override
    public void closed(String reason) {
        end = reason;
        connected.completeExceptionally(new IllegalStateException(reason));
        if (dtls != null) {
            dtls.close();
        }
    }

    private final class DtlsListener implements DtlsEndpoint.Listener {
        @Override
        public void transmit(byte[] datagram) {
            loop.execute(() -> session.sendDtls(datagram));
        }

        @Override
        public void established(SrtpKeys keys) {
            loop.execute(() -> {
                profile = keys.profile();
                session.dtlsEstablished(keys);
            });
        }

        @Override
        public void failed(String reason) {
            loop.execute(() -> session.close(reason));
        }

        @Override
        public void closedByPeer() {
            loop.execute(() -> session.close("the server left"));
        }
    }
}
