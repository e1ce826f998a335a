package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.StunAttribute.IceControlling;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceTcpTest {
    private static final LocalSocket TCP = LocalSocket.tcp(new InetSocketAddress("0.0.0.0", 8189));

    private final RawPeer peer = new RawPeer(IceRole.CONTROLLED);

    IceTcpTest() {
        peer.agent.addBase(TCP, 65_535, peer.now);
    }

    @Test
    void aCheckOverAConnectionIsAnsweredThereAndMayBeNominated() {
        nominate(TCP, 1);
        SelectedPair pair = peer.agent.selectedPair().orElseThrow();
        assertEquals(TCP, pair.local());
        assertEquals(RawPeer.address(1), pair.remote());
        assertEquals(CandidateType.PEER_REFLEXIVE, pair.remoteType());
        assertFalse(pair.roundTrip().isZero());
    }

    @Test
    void anActiveCandidateIsNeverConnectedTo() {
        var active = new Candidate("1", 1, CandidateTransport.TCP_ACTIVE, 1, "192.0.2.1", 9, CandidateType.HOST);
        assertFalse(peer.agent.addRemoteCandidate(active, peer.now));
        peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), peer.now);
        List<Transmit> sent = peer.sent();
        assertFalse(sent.isEmpty());
        assertTrue(sent.stream().noneMatch(out -> out.local().isTcp()));
    }

    @Test
    void udpAndTcpOfOneAddressAreTwoWays() {
        nominate(RawPeer.BASE, 1);
        peer.advance(Duration.ofSeconds(4));
        peer.sent();
        nominate(TCP, 1);
        assertEquals(TCP, peer.agent.selectedLocal().orElseThrow());
        peer.advance(Duration.ofSeconds(4));
        nominate(RawPeer.BASE, 1);
        assertEquals(RawPeer.BASE, peer.agent.selectedLocal().orElseThrow());
    }

    @Test
    void aClosedConnectionFailsItsPairOnlyAndThePeerChoosesAnother() {
        nominate(TCP, 1);
        peer.agent.connectionClosed(TCP, RawPeer.address(1), peer.now);
        assertEquals(IceState.CONNECTED, peer.agent.state());
        nominate(TCP, 2); // at once, though the peer had just chosen
        assertEquals(RawPeer.address(2), peer.agent.selectedRemote().orElseThrow());
    }

    @Test
    void whenNoOtherWayIsFoundConsentRunsOut() {
        nominate(TCP, 1);
        peer.agent.connectionClosed(TCP, RawPeer.address(1), peer.now);
        peer.advance(Duration.ofSeconds(31));
        assertEquals(IceState.FAILED, peer.agent.state());
    }

    @Test
    void tcpCandidatesRankBelowUdp() {
        var address = new InetSocketAddress("192.0.2.7", 8189);
        Candidate udp = Candidate.host(address, CandidateTransport.UDP, 0);
        Candidate tcp = Candidate.host(address, CandidateTransport.TCP_PASSIVE, 65_535);
        assertTrue(udp.priority() > tcp.priority());
        assertTrue(tcp.toString().endsWith("typ host tcptype passive"), tcp.toString());
    }

    private void nominate(LocalSocket local, int host) {
        byte[] check = peer.check(new IceControlling(1), new Priority(1000), new UseCandidate());
        assertTrue(peer.agent.receive(check, 0, check.length, local, RawPeer.address(host), peer.now));
        for (Transmit out : peer.sent()) {
            assertEquals(local, out.local());
            var message = RawPeer.message(out);
            byte[] answer = peer.success(message.id());
            peer.now += 1_000;
            peer.agent.receive(answer, 0, answer.length, out.local(), out.remote(), peer.now);
        }
    }
}
