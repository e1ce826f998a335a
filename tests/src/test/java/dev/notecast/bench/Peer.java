package dev.notecast.bench;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.rtc.dtls.DtlsEndpoint;
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
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A publisher's or reader's end: a socket, a session, and media. Belongs to its loop's thread. */
final class Peer implements SessionOutput {
    private static final int BASE_PREFERENCE = 65_535;

    private final PeerLoop loop;
    private final DtlsHandshakes handshakes;
    private final Channel channel;
    private final LocalSocket local;
    private final CompletableFuture<SrtpProfile> connected = new CompletableFuture<>();
    private Negotiated negotiated;
    private Media media;
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

    int port() {
        return local.address().getPort();
    }

    /** Begins to connect; from any thread. The result is there when keys are. */
    CompletableFuture<SrtpProfile> connect(IceAgent ice, Negotiated agreed, Media handler) {
        loop.execute(() -> {
            negotiated = agreed;
            media = handler;
            long now = System.nanoTime();
            ice.addBase(local, BASE_PREFERENCE, now);
            ice.setRemoteCredentials(agreed.remoteIce(), now);
            agreed.remoteCandidates().forEach(candidate -> ice.addRemoteCandidate(candidate, now));
            session = new PeerSession(ice, agreed.localRole(), this, now);
            loop.add(this);
            channel.config().setAutoRead(true);
        });
        return connected;
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
