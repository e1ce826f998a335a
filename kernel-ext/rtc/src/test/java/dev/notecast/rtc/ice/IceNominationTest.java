package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.LossyLink;
import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.IceControlling;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pair is used when a browser decides. */
class IceNominationTest {
    private final RawPeer chromium = new RawPeer(IceRole.CONTROLLED);

    private void nominate(int host, long priority) {
        chromium.send(
                chromium.check(new IceControlling(5), new UseCandidate(), new Priority(priority)),
                RawPeer.address(host));
    }

    private void ping(int host, long priority) {
        chromium.send(chromium.check(new IceControlling(5), new Priority(priority)), RawPeer.address(host));
    }

    private InetSocketAddress selected() {
        return chromium.agent.selectedRemote().orElse(null);
    }

    @Test
    void takesNominationOnTheVeryFirstCheck() {
        nominate(1, 1000);
        List<Transmit> sent = chromium.sent();
        assertEquals(2, sent.size(), "a response and a triggered check");
        assertEquals(StunClass.SUCCESS, RawPeer.message(sent.get(0)).messageClass());
        assertEquals(StunClass.REQUEST, RawPeer.message(sent.get(1)).messageClass());
        assertEquals(IceState.CHECKING, chromium.agent.state(), "nothing may be sent before the peer has answered");
        chromium.send(chromium.success(RawPeer.message(sent.get(1)).id()), RawPeer.address(1));
        assertEquals(IceState.CONNECTED, chromium.agent.state());
        assertEquals(RawPeer.address(1), selected());
    }

    @Test
    void usesTheNominatedPairNotTheFirstThatWorks() {
        ping(1, 3000);
        ping(2, 2000);
        chromium.answerAll();
        assertEquals(null, selected());
        nominate(2, 2000);
        assertEquals(RawPeer.address(2), selected());
    }

    @Test
    void usesTheBestOfSeveralNominatedAtATime() {
        for (int host : new int[] {2, 3, 1}) {
            nominate(host, 1000 * host);
        }
        chromium.answerAll();
        assertEquals(RawPeer.address(3), selected());
        nominate(2, 2000);
        assertEquals(RawPeer.address(3), selected(), "a lower nomination won");
    }

    @Test
    void followsALaterNominationOfAWorsePair() {
        nominate(3, 3000);
        chromium.answerAll();
        chromium.advance(Duration.ofSeconds(4));
        nominate(1, 1000);
        assertEquals(RawPeer.address(3), selected(), "switched before the new pair was checked");
        chromium.answerAll();
        assertEquals(RawPeer.address(1), selected());
        assertEquals(IceState.CONNECTED, chromium.agent.state());
    }

    @Test
    void checksAPairAgainThatWasLastCheckedLongAgo() {
        ping(1, 1000);
        nominate(3, 3000);
        chromium.answerAll();
        chromium.advance(Duration.ofSeconds(20));
        chromium.answerAll();
        nominate(1, 1000);
        assertEquals(RawPeer.address(3), selected(), "an old answer passed for consent");
        assertEquals(1, chromium.answerAll());
        assertEquals(RawPeer.address(1), selected());
    }

    @Test
    void ignoresUseCandidateWhenItControlsItself() {
        RawPeer peer = new RawPeer(IceRole.CONTROLLING);
        peer.send(peer.check(new UseCandidate(), new Priority(1)), RawPeer.address(1));
        assertEquals(1, peer.answerAll(), "one triggered check");
        assertEquals(IceState.CHECKING, peer.agent.state());
        assertTrue(RawPeer.message(peer.sent().getFirst()).has(UseCandidate.class), "it nominates what works");
        peer.send(peer.check(new UseCandidate(), new Priority(1)), RawPeer.address(1));
        assertEquals(IceState.CHECKING, peer.agent.state(), "the controlled side nominated");
    }

    @Test
    void endsOtherChecksOnceAPairIsSelected() {
        chromium.agent.addRemoteCandidate(IceNetwork.candidate("203.0.113.1:9000", 1), chromium.now);
        assertEquals(1, chromium.sent().size());
        nominate(1, 1000);
        chromium.answerAll();
        int sent = 0;
        for (int i = 0; i < 39; i++) {
            chromium.advance(Duration.ofMillis(100));
            sent += chromium.sent().size();
        }
        assertEquals(0, sent, "packets before the first consent check");
    }

    @Test
    void resendsItsCheckAtOnceWhenThePeerIsHeard() {
        chromium.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), chromium.now);
        TransactionId lost = RawPeer.message(chromium.sent().getFirst()).id();
        chromium.now += Duration.ofMillis(60).toNanos();
        ping(1, 1000);
        List<TransactionId> sent = chromium.sent().stream()
                .map(RawPeer::message)
                .filter(message -> message.messageClass() == StunClass.REQUEST)
                .map(StunMessage::id)
                .toList();
        assertEquals(List.of(lost), sent);
        ping(1, 1000);
        assertEquals(0, chromium.answerAll(), "resent twice within a moment");
    }

    @Test
    void keepsTheRoleItHasAlreadyChanged() {
        RawPeer peer = new RawPeer(IceRole.CONTROLLING);
        peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), peer.now);
        TransactionId claim = RawPeer.message(peer.sent().getFirst()).id();
        peer.send(peer.check(new IceControlling(-1)), RawPeer.address(1));
        assertEquals(IceRole.CONTROLLED, peer.agent.role());
        peer.send(peer.response(StunClass.ERROR, claim, new ErrorCode(487, "Role Conflict")), RawPeer.address(1));
        assertEquals(IceRole.CONTROLLED, peer.agent.role(), "changed twice for one conflict");
    }

    @Test
    void stopsWaitingForABetterPairWhenItNoLongerControls() {
        RawPeer peer = new RawPeer(IceRole.CONTROLLING);
        peer.agent.addRemoteCandidate(IceNetwork.candidate("203.0.113.1:9000", 0x7FFF_FFFF), peer.now);
        peer.sent();
        peer.send(peer.check(new Priority(1)), RawPeer.address(1));
        peer.answerAll();
        peer.send(peer.check(new IceControlling(-1)), RawPeer.address(1));
        peer.advance(Duration.ofMillis(150));
        assertTrue(peer.agent.nextTimeoutNanos() > peer.now, "wants to be called in the past");
    }

    @Test
    void waitsAMomentForABetterPairWhenControlling() {
        RawPeer peer = new RawPeer(IceRole.CONTROLLING);
        peer.agent.addRemoteCandidate(IceNetwork.candidate("203.0.113.1:9000", 0x7FFF_FFFF), peer.now);
        peer.sent();
        peer.send(peer.check(new Priority(1)), RawPeer.address(1));
        peer.answerAll();
        peer.advance(Duration.ofMillis(60));
        assertTrue(nominations(peer).isEmpty(), "did not wait for the better pair");
        peer.advance(Duration.ofMillis(60));
        assertEquals(List.of(RawPeer.address(1)), nominations(peer));
    }

    @Test
    void nominatesAnotherPairWhenTheOneInUseDies() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 7);
        IceNetwork.Host a = net.host(IceRole.CONTROLLING, 1, "192.0.2.1:5000");
        IceNetwork.Host b = net.host(IceRole.CONTROLLED, 2, "198.51.100.2:6000", "203.0.113.2:6000");
        a.learn(b);
        b.learn(a);
        assertTrue(net.runUntil(() -> IceNetwork.connected(a, b), Duration.ofSeconds(1)));
        InetSocketAddress used = a.agent.selectedRemote().orElseThrow();
        net.runFor(Duration.ofMinutes(1));
        assertEquals(used, a.agent.selectedRemote().orElseThrow(), "nothing was wrong");

        b.rebind("198.51.100.9:6000"); // what had been used leads nowhere now
        boolean moved = net.runUntil(
                () -> !used.equals(a.agent.selectedRemote().orElseThrow()) && IceNetwork.connected(a, b),
                Duration.ofSeconds(20));
        assertTrue(moved, "still " + a.agent.selectedRemote() + " " + a.agent.state());
        net.runFor(Duration.ofMinutes(5));
        assertTrue(IceNetwork.connected(a, b), "the new pair has consent");
        assertEquals(b.selectedAddress(), a.agent.selectedRemote().orElseThrow(), "both sides use the same pair");
    }

    @Test
    void keepsTheOnlyPairAndGivesUpWhenItsConsentEnds() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 8);
        IceNetwork.Host a = net.host(IceRole.CONTROLLING, "192.0.2.1:5000");
        IceNetwork.Host b = net.host(IceRole.CONTROLLED, "198.51.100.2:6000");
        a.learn(b);
        b.learn(a);
        assertTrue(net.runUntil(() -> IceNetwork.connected(a, b), Duration.ofSeconds(1)));
        net.link.setConditions(new LossyLink.Conditions(1, 0, Duration.ofMillis(1), Duration.ofMillis(1)));
        net.runFor(Duration.ofSeconds(36));
        assertEquals(IceState.FAILED, a.agent.state());
    }

    private static List<InetSocketAddress> nominations(RawPeer peer) {
        return peer.sent().stream()
                .filter(out -> RawPeer.message(out).has(UseCandidate.class))
                .map(Transmit::remote)
                .toList();
    }
}
