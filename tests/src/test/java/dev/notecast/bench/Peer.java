package dev.notecast.bench;

import dev.notecast.media.dtls.DtlsHandshakes;
import dev.notecast.rtc.dtls.DtlsEndpoint;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.Negotiated;
import dev.notecast.rtc.session.PeerSession;
import dev.notecast.rtc.session.SessionCounters;
import dev.notecast.rtc.session.SessionOutput;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A publisher's or reader's end: a socket, a session, and media. Belongs to its loop's thread. */
final class Peer implements SessionOutput {
    private static final int BASE_PREFERENCE = 65_535;
    private static final int SOCKET_BUFFER = 4 << 20;

    private final PeerLoop loop;
    private final DtlsHandshakes handshakes;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final ByteBuffer room = ByteBuffer.allocateDirect(2048);
    private final ByteBuffer out = ByteBuffer.allocateDirect(2048);
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
        try {
            channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.bind(new InetSocketAddress(0));
            local = new InetSocketAddress(((InetSocketAddress) channel.getLocalAddress()).getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatagramChannel channel() {
        return channel;
    }

    int port() {
        return local.getPort();
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
            try {
                loop.add(this);
            } catch (IOException e) {
                connected.completeExceptionally(e);
            }
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

    void readOne() {
        try {
            room.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(room);
            if (from != null) {
                int length = room.flip().remaining();
                byte[] data = new byte[length]; // the session's from now on
                room.get(data);
                session.receive(data, length, local, from, System.nanoTime());
            }
        } catch (IOException e) {
            session.close("socket: " + e.getMessage());
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
    public void transmit(byte[] datagram, int offset, int length, InetSocketAddress remote) {
        try {
            channel.send(out.clear().put(datagram, offset, length).flip(), remote);
        } catch (IOException e) {
            // a candidate that cannot be reached from here; the checks show which one can
        }
    }

    @Override
    public void checking(InetSocketAddress remote) {
        // the socket is this peer's alone
    }

    @Override
    public void heardFrom(InetSocketAddress remote) {
        // the socket is this peer's alone
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
