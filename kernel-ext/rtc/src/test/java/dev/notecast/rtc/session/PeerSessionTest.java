package dev.notecast.rtc.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.notecast.rtc.rtcp.Goodbye;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtcp.Unknown;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerSessionTest {
    private static final Duration MS = Duration.ofMillis(1);

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void mediaFlowsBothWaysOnceKeysAreThere(SrtpProfile profile) {
        Pair pair = new Pair(Conditions.perfect(MS), 1, profile);
        pair.runUntil(Duration.ofSeconds(2), () -> pair.a.connected && pair.b.connected);
        assertTrue(pair.nowNanos < Duration.ofMillis(200).toNanos(), "connected within 200 ms of virtual time");

        for (int i = 0; i < 100; i++) {
            pair.a.sendRtp(i);
            pair.b.sendRtp(i);
        }
        pair.a.session.sendRtcp(List.of(new PictureLossIndication(1, 2)));
        pair.run(Duration.ofMillis(50));

        assertEquals(pair.a.sentPayloads, pair.b.receivedPayloads);
        assertEquals(pair.b.sentPayloads, pair.a.receivedPayloads);
        assertEquals(List.of(new PictureLossIndication(1, 2)), pair.b.receivedRtcp);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void aLossyLinkConnectsAndDeliversWhatItDoesNotLose(long seed) {
        Conditions bad = new Conditions(0.10, 0.05, MS.multipliedBy(5), MS.multipliedBy(40));
        Pair pair = new Pair(bad, seed, SrtpProfile.AEAD_AES_128_GCM);
        pair.runUntil(Duration.ofSeconds(10), () -> pair.a.connected && pair.b.connected);
        for (int i = 0; i < 500; i++) {
            pair.a.sendRtp(i);
            pair.run(Duration.ofMillis(4));
        }
        pair.run(Duration.ofMillis(100));
        List<String> received = pair.b.receivedPayloads;
        assertTrue(pair.a.sentPayloads.containsAll(received), "nothing arrives that was not sent");
        assertEquals(received.size(), received.stream().distinct().count(), "duplicates are refused as replays");
        assertTrue(received.size() > 400, "about 450 of 500 arrive, here " + received.size());
        assertEquals(SessionState.CONNECTED, pair.b.session.state());
    }

    @Test
    void dtlsWaitsForAWorkingPathAndEarlyDatagramsAreKept() {
        Pair pair = new Pair(Conditions.perfect(MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        byte[] clientHello = {22, (byte) 0xfe, (byte) 0xff, 1};
        pair.b.session.receive(clientHello.clone(), 4, Peer.SOCKET, Peer.LOCAL_A, 0);
        assertEquals(0, pair.b.dtlsStarted);
        pair.runUntil(Duration.ofSeconds(2), () -> pair.b.connected);
        assertEquals(1, pair.b.dtlsStarted);
        assertEquals(1, pair.b.dtlsReceived.size());
    }

    @Test
    void mediaThatIsFasterThanTheKeysIsKept() {
        Pair pair = new Pair(Conditions.perfect(MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        pair.b.holdsKeysBack = true;
        pair.runUntil(Duration.ofSeconds(2), () -> pair.a.connected && pair.b.dtlsStarted == 1);
        for (int i = 0; i < 100; i++) {
            pair.a.sendRtp(i);
        }
        pair.run(Duration.ofMillis(10));
        assertEquals(List.of(), pair.b.receivedPayloads);
        pair.b.session.dtlsEstablished(pair.b.keys);
        assertEquals(pair.a.sentPayloads.subList(0, 64), pair.b.receivedPayloads);
        assertEquals(36, pair.b.session.counters().early());
    }

    @Test
    void rtcpThatDoesNotFitOneDatagramGoesInSeveral() {
        Pair pair = new Pair(Conditions.perfect(MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        pair.runUntil(Duration.ofSeconds(2), () -> pair.a.connected && pair.b.connected);
        List<RtcpPacket> sent = new ArrayList<>();
        for (int count = 95; count < 110; count++) { // of 12 bytes each: from just below 1200 on
            List<RtcpPacket> together = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                together.add(new PictureLossIndication(count, i));
            }
            pair.a.session.sendRtcp(together);
            sent.addAll(together);
            pair.run(Duration.ofMillis(5));
        }
        assertEquals(sent, pair.b.receivedRtcp);
        assertTrue(pair.a.longestSent <= 1200 + SrtpSender.MAX_OVERHEAD, pair.a.longestSent + " bytes");
    }

    @Test
    void anRtcpPacketThatFitsNoDatagramIsCountedAndTheOthersGo() {
        Pair pair = new Pair(Conditions.perfect(MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        pair.runUntil(Duration.ofSeconds(2), () -> pair.a.connected && pair.b.connected);
        RtcpPacket large = new Unknown(204, 1, new byte[1_200]);
        pair.a.session.sendRtcp(List.of(new PictureLossIndication(1, 2), large, new PictureLossIndication(1, 3)));
        pair.run(Duration.ofMillis(50));
        assertEquals(List.of(new PictureLossIndication(1, 2), new PictureLossIndication(1, 3)), pair.b.receivedRtcp);
        assertEquals(1, pair.a.session.counters().unsendable());
    }

    @Test
    void aSilentPeerIsGivenUpWithinThirtySeconds() {
        Pair pair = new Pair(Conditions.perfect(MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        pair.runUntil(Duration.ofSeconds(2), () -> pair.a.connected && pair.b.connected);
        long before = pair.nowNanos;
        pair.link.setConditions(new Conditions(1, 0, MS, MS));
        pair.runUntil(Duration.ofSeconds(40), () -> pair.a.closedReason != null && pair.b.closedReason != null);
        assertEquals("ICE: the peer is gone", pair.a.closedReason);
        assertTrue(pair.nowNanos - before <= Duration.ofSeconds(31).toNanos(), "gave up too late");
    }

    @Test
    void aPeerThatNeverAnswersIsGivenUp() {
        Pair pair = new Pair(new Conditions(1, 0, MS, MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        pair.runUntil(Duration.ofSeconds(35), () -> pair.a.closedReason != null);
        assertEquals("ICE: no way to the peer was found", pair.a.closedReason);
    }

    @Test
    void garbageIsCountedAndChangesNothing() {
        Pair pair = new Pair(Conditions.perfect(MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        Random random = new Random(7);
        pair.runUntil(Duration.ofSeconds(2), () -> pair.a.connected && pair.b.connected);
        for (int i = 0; i < 20_000; i++) {
            byte[] data = new byte[random.nextInt(200)];
            random.nextBytes(data);
            pair.b.session.receive(data, data.length, Peer.SOCKET, Peer.LOCAL_A, pair.nowNanos);
        }
        pair.a.sendRtp(1);
        pair.run(Duration.ofMillis(10));
        assertEquals(pair.a.sentPayloads, pair.b.receivedPayloads);
        SessionCounters counters = pair.b.session.counters();
        assertTrue(counters.unknown() > 1_000 && counters.undecryptable() > 1_000, counters.toString());
    }

    @Test
    void nothingLeavesAfterClose() {
        Pair pair = new Pair(Conditions.perfect(MS), 1, SrtpProfile.AEAD_AES_128_GCM);
        pair.runUntil(Duration.ofSeconds(2), () -> pair.a.connected);
        pair.a.session.close("done");
        pair.a.session.close("again");
        long sent = pair.link.sent();
        pair.a.sendRtp(1);
        pair.a.session.sendRtcp(List.of(new Goodbye(List.of(1))));
        pair.a.session.tick(pair.nowNanos + Duration.ofMinutes(1).toNanos());
        assertEquals(sent, pair.link.sent());
        assertEquals("done", pair.a.closedReason);
    }

    /** One peer: a session whose DTLS is replaced by keys that are there as soon as it starts. */
    private static final class Peer implements SessionOutput {
        static final LocalSocket SOCKET = LocalSocket.udp(new InetSocketAddress("0.0.0.0", 8189));
        static final InetSocketAddress LOCAL_A = new InetSocketAddress("10.0.0.1", 1000);
        static final InetSocketAddress LOCAL_B = new InetSocketAddress("10.0.0.2", 2000);

        final List<String> sentPayloads = new ArrayList<>();
        final List<String> receivedPayloads = new ArrayList<>();
        final List<RtcpPacket> receivedRtcp = new ArrayList<>();
        final List<byte[]> dtlsReceived = new ArrayList<>();
        final InetSocketAddress address;
        final PeerSession session;
        final SrtpKeys keys;
        Peer other;
        Pair pair;
        int dtlsStarted;
        int longestSent;
        boolean holdsKeysBack;
        boolean connected;
        String closedReason;

        Peer(InetSocketAddress address, IceAgent ice, DtlsRole role, SrtpKeys keys) {
            this.address = address;
            this.keys = keys;
            this.session = new PeerSession(ice, role, this, 0);
        }

        void sendRtp(int number) {
            byte[] payload = {(byte) number, (byte) (number >> 8), 3};
            RtpPacket packet = RtpPacket.of(96, true, 65_500 + number & 0xFFFF, number, 0x42, payload);
            sentPayloads.add(Arrays.toString(payload));
            byte[] buffer = Arrays.copyOf(packet.data(), packet.length() + SrtpSender.MAX_OVERHEAD);
            session.sendRtp(buffer, 0, packet.length());
        }

        @Override
        public void transmit(byte[] data, int offset, int length, LocalSocket local, InetSocketAddress remote) {
            assertEquals(other.address, remote);
            longestSent = Math.max(longestSent, length);
            byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
            pair.link.send(
                    pair.nowNanos, now -> other.session.receive(copy.clone(), copy.length, SOCKET, address, now));
        }

        @Override
        public void checking(LocalSocket local, InetSocketAddress remote) {
            assertEquals(other.address, remote);
        }

        @Override
        public void heardFrom(LocalSocket local, InetSocketAddress remote) {
            assertEquals(other.address, remote);
        }

        @Override
        public void iceEnded(String localUfrag) {}

        @Override
        public void startDtls() {
            dtlsStarted++;
            if (!holdsKeysBack) {
                session.dtlsEstablished(keys);
            }
        }

        @Override
        public void dtlsReceived(byte[] datagram) {
            dtlsReceived.add(datagram);
        }

        @Override
        public void connected() {
            connected = true;
        }

        @Override
        public void rtpReceived(RtpPacket packet, long arrivalNanos) {
            receivedPayloads.add(Arrays.toString(Arrays.copyOfRange(
                    packet.data(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength())));
        }

        @Override
        public void rtcpReceived(List<RtcpPacket> packets, long arrivalNanos) {
            receivedRtcp.addAll(packets);
        }

        @Override
        public void closed(String reason) {
            assertEquals(null, closedReason, "closed twice");
            closedReason = reason;
        }
    }

    private interface Condition {
        boolean holds();
    }

    /** Two peers, the link between them, and the time. */
    private static final class Pair {
        final LossyLink link;
        final Peer a;
        final Peer b;
        long nowNanos;

        Pair(Conditions conditions, long seed, SrtpProfile profile) {
            Random random = new Random(seed);
            link = new LossyLink(conditions, seed);
            byte[] exported = new byte[SrtpKeys.exportLength(profile)];
            random.nextBytes(exported);
            SrtpKeys keys = SrtpKeys.fromExport(profile, exported);
            IceCredentials credentialsA = IceCredentials.random(random);
            IceCredentials credentialsB = IceCredentials.random(random);
            IceAgent iceA = new IceAgent(IceRole.CONTROLLING, credentialsA, random.nextLong(), random);
            IceAgent iceB = new IceAgent(IceRole.CONTROLLED, credentialsB, random.nextLong(), random);
            a = new Peer(Peer.LOCAL_A, iceA, DtlsRole.CLIENT, keys);
            b = new Peer(Peer.LOCAL_B, iceB, DtlsRole.SERVER, keys);
            link(a, b);
            link(b, a);
            iceA.addBase(Peer.SOCKET, 1, 0);
            iceB.addBase(Peer.SOCKET, 1, 0);
            iceA.setRemoteCredentials(credentialsB, 0);
            iceB.setRemoteCredentials(credentialsA, 0);
            a.session.addRemoteCandidate(Candidate.host(b.address, CandidateTransport.UDP, 1), 0);
            // b learns of a by its checks, as a server does behind a browser's mDNS names
            a.session.tick(0);
            b.session.tick(0);
        }

        private void link(Peer peer, Peer other) {
            peer.other = other;
            peer.pair = this;
        }

        void run(Duration duration) {
            long end = nowNanos + duration.toNanos();
            runUntil(duration, () -> nowNanos >= end);
        }

        void runUntil(Duration atMost, Condition condition) {
            long end = nowNanos + atMost.toNanos();
            while (!condition.holds()) {
                long next = Math.min(link.nextArrivalNanos(), Math.min(timeoutOf(a.session), timeoutOf(b.session)));
                nowNanos = Math.max(nowNanos, Math.min(next, end));
                link.deliver(nowNanos);
                a.session.tick(nowNanos);
                b.session.tick(nowNanos);
                assertTrue(nowNanos < end || condition.holds(), "did not happen within " + atMost);
            }
        }

        private static long timeoutOf(PeerSession session) {
            return session.state() == SessionState.CLOSED ? Long.MAX_VALUE : session.nextTimeoutNanos();
        }
    }
}
