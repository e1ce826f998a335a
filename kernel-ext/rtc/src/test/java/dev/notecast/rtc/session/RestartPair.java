package dev.notecast.rtc.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.LossyLink;
import dev.notecast.rtc.LossyLink.Conditions;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import dev.notecast.rtc.ice.IceAgent;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.ice.IceRole;
import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpProfile;
import dev.notecast.rtc.srtp.SrtpSender;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Two sessions that can restart ICE and change their address, over one seeded network in virtual time. */
final class RestartPair {
    private static final LocalSocket SOCKET = LocalSocket.udp(new InetSocketAddress("0.0.0.0", 8189));
    private static final Duration MEDIA_INTERVAL = Duration.ofMillis(5);

    final LossyLink network;
    final End client;
    final End server;
    private final Random random;
    private final SrtpKeys keys;
    private long nowNanos;

    RestartPair(Conditions conditions, long seed) {
        random = new Random(seed);
        network = new LossyLink(conditions, seed);
        byte[] exported = new byte[SrtpKeys.exportLength(SrtpProfile.AEAD_AES_128_GCM)];
        random.nextBytes(exported);
        keys = SrtpKeys.fromExport(SrtpProfile.AEAD_AES_128_GCM, exported);
        client = new End("10.0.0.1", 1000);
        server = new End("10.0.0.2", 2000);
        client.other = server;
        server.other = client;
        client.credentials = IceCredentials.random(random);
        server.credentials = IceCredentials.random(random);
        client.session = new PeerSession(client.agent(IceRole.CONTROLLING), DtlsRole.CLIENT, client, 0);
        server.session = new PeerSession(server.agent(IceRole.CONTROLLED), DtlsRole.SERVER, server, 0);
        client.learnServer();
    }

    void connect() {
        long end = nowNanos + Duration.ofSeconds(10).toNanos();
        while (!client.connected || !server.connected) {
            step(end);
            assertTrue(nowNanos < end, "not connected within 10 s");
        }
    }

    /** As PATCH does: the server has its new agent first and the client hears of it a moment later. */
    void restart(IceRole clientRole, IceRole serverRole) {
        client.credentials = IceCredentials.random(random);
        server.credentials = IceCredentials.random(random);
        server.session.restartIce(server.agent(serverRole), nowNanos);
        client.session.restartIce(client.agent(clientRole), nowNanos);
        client.learnServer();
    }

    void run(Duration time) {
        long end = nowNanos + time.toNanos();
        while (nowNanos < end) {
            step(end);
        }
    }

    void runWithMedia(Duration time) {
        for (long end = nowNanos + time.toNanos(); nowNanos < end; ) {
            client.sendRtp();
            server.sendRtp();
            run(MEDIA_INTERVAL);
        }
    }

    private void step(long end) {
        long next = Math.min(network.nextArrivalNanos(), Math.min(timeoutOf(client), timeoutOf(server)));
        nowNanos = Math.max(nowNanos, Math.min(next, end));
        network.deliver(nowNanos);
        client.session.tick(nowNanos);
        server.session.tick(nowNanos);
    }

    private static long timeoutOf(End end) {
        return end.session.state() == SessionState.CLOSED ? Long.MAX_VALUE : end.session.nextTimeoutNanos();
    }

    /** One peer, whose DTLS is replaced by keys that are there as soon as it starts. */
    final class End implements SessionOutput {
        InetSocketAddress address;
        PeerSession session;
        final List<String> ended = new ArrayList<>();
        int dtlsStarted;
        int received;
        boolean connected;
        String closedReason;
        private IceCredentials credentials;
        private End other;
        private int sent;
        private long lastArrivalNanos;
        private long longestGapNanos;

        End(String host, int port) {
            address = new InetSocketAddress(host, port);
        }

        String ufrag() {
            return credentials.ufrag();
        }

        /** The network changed: what goes to the old address is lost. */
        void moveTo(String host, int port) {
            address = new InetSocketAddress(host, port);
        }

        void restartAgainstNobody() {
            IceAgent agent = new IceAgent(IceRole.CONTROLLED, IceCredentials.random(random), random.nextLong(), random);
            agent.addBase(SOCKET, 1, nowNanos);
            agent.setRemoteCredentials(IceCredentials.random(random), nowNanos);
            session.restartIce(agent, nowNanos);
        }

        void clearGaps() {
            longestGapNanos = 0;
        }

        Duration longestGap() {
            return Duration.ofNanos(Math.max(longestGapNanos, nowNanos - lastArrivalNanos));
        }

        private IceAgent agent(IceRole role) {
            IceAgent agent = new IceAgent(role, credentials, random.nextLong(), random);
            agent.addBase(SOCKET, 1, nowNanos);
            agent.setRemoteCredentials(other.credentials, nowNanos);
            return agent;
        }

        private void learnServer() {
            session.addRemoteCandidate(Candidate.host(server.address, CandidateTransport.UDP, 1), nowNanos);
        }

        private void sendRtp() {
            byte[] payload = {1, 2, 3};
            RtpPacket packet = RtpPacket.of(96, true, sent++ & 0xFFFF, sent, 0x42, payload);
            session.sendRtp(
                    Arrays.copyOf(packet.data(), packet.length() + SrtpSender.MAX_OVERHEAD), 0, packet.length());
        }

        @Override
        public void transmit(byte[] data, int offset, int length, LocalSocket local, InetSocketAddress remote) {
            byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
            InetSocketAddress from = address;
            network.send(nowNanos, now -> {
                if (remote.equals(other.address)) {
                    other.session.receive(copy.clone(), copy.length, SOCKET, from, now);
                }
            });
        }

        @Override
        public void checking(LocalSocket local, InetSocketAddress remote) {}

        @Override
        public void heardFrom(LocalSocket local, InetSocketAddress remote) {}

        @Override
        public void iceEnded(String localUfrag) {
            ended.add(localUfrag);
        }

        @Override
        public void startDtls() {
            dtlsStarted++;
            session.dtlsEstablished(keys);
        }

        @Override
        public void dtlsReceived(byte[] datagram) {}

        @Override
        public void connected() {
            connected = true;
        }

        @Override
        public void rtpReceived(RtpPacket packet, long arrivalNanos) {
            longestGapNanos = received++ == 0 ? 0 : Math.max(longestGapNanos, arrivalNanos - lastArrivalNanos);
            lastArrivalNanos = arrivalNanos;
        }

        @Override
        public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {}

        @Override
        public void closed(String reason) {
            closedReason = reason;
        }
    }
}
