package dev.notecast.rtc.ice;

import static dev.notecast.rtc.ice.IceNetwork.connected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.LossyLink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keeps a connection and what ends it. */
class IceConsentTest {
    private static final LossyLink.Conditions CUT =
            new LossyLink.Conditions(1, 0, Duration.ofMillis(1), Duration.ofMillis(1));

    private final IceNetwork net = new IceNetwork(IceNetwork.GOOD, 11);
    private final IceNetwork.Host a = net.host(IceRole.CONTROLLING, "192.0.2.1:5000");
    private final IceNetwork.Host b = net.host(IceRole.CONTROLLED, "198.51.100.2:6000");

    private void connect() {
        a.learn(b);
        b.learn(a);
        assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(200)), "not connected");
        a.events.clear();
        b.events.clear();
    }

    @Test
    void asksForConsentEveryFiveSecondsOrSo() {
        connect();
        long before = net.link.sent();
        net.runFor(Duration.ofMinutes(10));
        long checks = (net.link.sent() - before) / 4; // a request and a response, each way
        assertTrue(checks >= 100 && checks <= 150, checks + " checks in 10 minutes");
        assertEquals(List.of(), a.events);
        assertEquals(List.of(), b.events);
    }

    @Test
    void survivesLoss() {
        connect();
        net.link.setConditions(new LossyLink.Conditions(0.2, 0.05, Duration.ofMillis(1), Duration.ofMillis(100)));
        net.runFor(Duration.ofMinutes(10));
        assertFalse(a.events.contains(new IceEvent.StateChanged(IceState.FAILED)), a.events.toString());
        assertFalse(b.events.contains(new IceEvent.StateChanged(IceState.FAILED)), b.events.toString());
    }

    @Test
    void noticesSilenceAndThenLosesConsent() {
        connect();
        net.link.setConditions(CUT);
        assertTrue(
                net.runUntil(() -> a.agent.state() == IceState.DISCONNECTED, Duration.ofMillis(7_001)),
                "still " + a.agent.state() + " after 7 s of silence");
        net.runFor(Duration.ofSeconds(22));
        assertEquals(IceState.DISCONNECTED, a.agent.state());
        net.runFor(Duration.ofSeconds(2));
        assertEquals(IceState.FAILED, a.agent.state());
        long sent = net.link.sent();
        net.runFor(Duration.ofMinutes(1));
        assertEquals(sent, net.link.sent(), "packets without consent");
    }

    @Test
    void comesBackWhenThePeerIsHeardAgain() {
        connect();
        net.link.setConditions(CUT);
        net.runFor(Duration.ofSeconds(20));
        net.link.setConditions(IceNetwork.GOOD);
        assertTrue(net.runUntil(() -> connected(a, b), Duration.ofSeconds(6)), "not back 6 s after the cut");
        net.runFor(Duration.ofSeconds(60));
        assertTrue(connected(a, b), "lost again");
    }

    @Test
    void takesMediaForASignOfLifeButNotForConsent() {
        connect();
        net.link.setConditions(CUT);
        for (int i = 0; i < 290; i++) {
            net.runFor(Duration.ofMillis(100));
            a.agent.mediaReceived(net.now);
        }
        assertEquals(IceState.CONNECTED, a.agent.state());
        net.runFor(Duration.ofSeconds(2));
        assertEquals(IceState.FAILED, a.agent.state());
    }

    @Test
    void followsTheControllingPeerToANewAddress() {
        connect();
        net.runFor(Duration.ofSeconds(10));
        a.rebind("192.0.2.99:7000");
        net.runFor(Duration.ofSeconds(60));
        assertEquals(
                IceNetwork.socketAddress("192.0.2.99:7000"),
                b.agent.selectedRemote().orElseThrow());
        assertTrue(connected(a, b), "lost the peer: " + a.agent.state() + " and " + b.agent.state());
    }

    @Test
    void ignoresDatagramsOnceFailed() {
        connect();
        net.link.setConditions(CUT);
        net.runFor(Duration.ofSeconds(40));
        net.link.setConditions(IceNetwork.GOOD);
        byte[] data = new byte[20];
        assertFalse(
                a.agent.receive(
                        data, 0, 20, a.agent.selectedLocal().orElseThrow(), IceNetwork.socketAddress("1.2.3.4:5"), 0),
                "a failed agent took a datagram");
        assertEquals(null, a.agent.pollTransmit());
    }
}
