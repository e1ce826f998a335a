package dev.notecast.rtc.ice;

import static dev.notecast.rtc.ice.IceNetwork.connected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.LossyLink;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two agents that meet. */
class IceConnectTest {
    private static final String A = "192.0.2.1:5000";
    private static final String B = "198.51.100.2:6000";

    @Test
    void connectsWithinAFewRoundTripsAndFewPackets() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 1);
        var a = net.host(IceRole.CONTROLLING, A);
        var b = net.host(IceRole.CONTROLLED, B);
        a.learn(b);
        b.learn(a);
        assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(200)), "not connected after 200 ms");
        assertTrue(net.elapsed().toMillis() <= 5, "took " + net.elapsed());
        assertTrue(net.link.sent() <= 6, "needed " + net.link.sent() + " packets");
        assertPaired(a, b);
        assertEquals(
                List.of(
                        new IceEvent.StateChanged(IceState.CHECKING),
                        new IceEvent.PairSelected(a.agent.selectedLocal().orElseThrow(), IceNetwork.socketAddress(B)),
                        new IceEvent.StateChanged(IceState.CONNECTED)),
                a.events);
        net.runFor(Duration.ofSeconds(3));
        assertTrue(net.link.sent() <= 8, "checks go on after the connection: " + net.link.sent() + " packets");
    }

    @Test
    void connectsOverAnyLossyLink() {
        var bad = new LossyLink.Conditions(0.2, 0.1, Duration.ofMillis(1), Duration.ofMillis(120));
        for (int seed = 0; seed < 300; seed++) {
            IceNetwork net = new IceNetwork(bad, seed);
            var a = net.host(IceRole.CONTROLLING, A);
            var b = net.host(IceRole.CONTROLLED, B);
            a.learn(b);
            b.learn(a);
            assertTrue(
                    net.runUntil(() -> connected(a, b), Duration.ofSeconds(8)),
                    "seed " + seed + ": " + a.agent.state() + " and " + b.agent.state());
            assertTrue(net.link.sent() <= 100, "seed " + seed + ": " + net.link.sent() + " packets");
            assertPaired(a, b);
        }
    }

    @Test
    void connectsWhenOnlyTheControllingSideKnowsCandidates() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 2);
        var a = net.host(IceRole.CONTROLLING, A);
        var b = net.host(IceRole.CONTROLLED, B);
        a.learn(b);
        b.learnCredentials(a);
        assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(20)), "not connected after 20 ms");
        assertPaired(a, b);
    }

    @Test
    void connectsWhenOnlyTheControlledSideKnowsCandidates() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 3);
        var a = net.host(IceRole.CONTROLLING, A);
        var b = net.host(IceRole.CONTROLLED, B);
        a.learnCredentials(b);
        b.learn(a);
        assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(20)), "not connected after 20 ms");
        assertPaired(a, b);
    }

    @Test
    void connectsThroughANatThatHidesTheSignalledAddress() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 4);
        var a = net.host(IceRole.CONTROLLING, "10.0.0.1:5000");
        var b = net.host(IceRole.CONTROLLED, B);
        a.learn(b);
        b.learn(a);
        a.rebind("203.0.113.7:61000");
        assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(200)), "not connected after 200 ms");
        assertEquals(
                IceNetwork.socketAddress("203.0.113.7:61000"),
                b.agent.selectedRemote().orElseThrow());
    }

    @Test
    void answersAndRemembersChecksThatComeBeforeCredentials() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 5);
        var a = net.host(IceRole.CONTROLLING, A);
        var b = net.host(IceRole.CONTROLLED, B);
        a.learn(b);
        net.runUntil(() -> connected(a), Duration.ofMillis(20));
        assertTrue(connected(a), "no answer before credentials were known");
        assertEquals(IceState.NEW, b.agent.state());
        b.learnCredentials(a);
        assertTrue(net.runUntil(() -> connected(b), Duration.ofMillis(5)), "the early nomination was forgotten");
        assertPaired(a, b);
    }

    @Test
    void triesFurtherCandidatesWhenTheBestLeadsNowhere() {
        for (IceRole role : IceRole.values()) {
            IceNetwork net = new IceNetwork(IceNetwork.GOOD, 6);
            var a = net.host(role, A);
            var b = net.host(role.other(), B);
            for (int i = 1; i <= 3; i++) {
                a.agent.addRemoteCandidate(IceNetwork.candidate("203.0.113." + i + ":9000", 0x7FFF_FFFF), net.now);
            }
            a.learn(b);
            net.runFor(Duration.ofMillis(1));
            b.learnCredentials(a);
            assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(400)), "as " + role + " after 400 ms");
            assertPaired(a, b);
        }
    }

    @Test
    void takesCandidatesAtAnyTime() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 7);
        var a = net.host(IceRole.CONTROLLING, A);
        var b = net.host(IceRole.CONTROLLED, B);
        a.learnCredentials(b);
        b.learnCredentials(a);
        net.runFor(Duration.ofSeconds(20));
        assertEquals(0, net.link.sent(), "packets to nowhere");
        a.agent.addRemoteCandidate(b.candidates.getFirst(), net.now);
        assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(20)), "a late candidate is not checked");
    }

    @Test
    void prefersTheBestOfSeveralInterfaces() {
        for (int seed = 0; seed < 20; seed++) {
            IceNetwork net = new IceNetwork(IceNetwork.GOOD, seed);
            var a = net.host(IceRole.CONTROLLING, 1, "192.0.2.1:5000", "192.0.2.2:5000");
            var b = net.host(IceRole.CONTROLLED, 2, "198.51.100.1:6000", "198.51.100.2:6000");
            a.learn(b);
            b.learn(a);
            assertTrue(net.runUntil(() -> connected(a, b), Duration.ofMillis(200)), "seed " + seed);
            net.runFor(Duration.ofMillis(500));
            assertPaired(a, b);
            assertEquals(IceNetwork.socketAddress("192.0.2.1:5000"), a.selectedAddress(), "seed " + seed);
            assertEquals(IceNetwork.socketAddress("198.51.100.1:6000"), b.selectedAddress(), "seed " + seed);
        }
    }

    @Test
    void settlesRoleConflicts() {
        var bad = new LossyLink.Conditions(0.1, 0.1, Duration.ofMillis(1), Duration.ofMillis(30));
        long[] tieBreakers = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}; // ascending as unsigned numbers
        for (IceRole role : IceRole.values()) {
            for (int seed = 0; seed < 40; seed++) {
                int i = seed % tieBreakers.length;
                int j = (i + 1 + seed % (tieBreakers.length - 1)) % tieBreakers.length;
                IceNetwork net = new IceNetwork(bad, seed);
                var a = net.host(role, tieBreakers[i], A);
                var b = net.host(role, tieBreakers[j], B);
                a.learn(b);
                b.learn(a);
                String what = "both " + role + ", seed " + seed;
                assertTrue(net.runUntil(() -> connected(a, b), Duration.ofSeconds(8)), what);
                assertEquals(i > j ? IceRole.CONTROLLING : IceRole.CONTROLLED, a.agent.role(), what);
                assertNotEquals(a.agent.role(), b.agent.role(), what);
                assertTrue(net.link.sent() <= 100, what + ": " + net.link.sent() + " packets");
                assertPaired(a, b);
            }
        }
    }

    @Test
    void failsInTheEndWhenNobodyAnswers() {
        IceNetwork net = new IceNetwork(IceNetwork.GOOD, 8);
        var a = net.host(IceRole.CONTROLLING, A);
        var b = net.host(IceRole.CONTROLLED, B);
        a.agent.addRemoteCandidate(IceNetwork.candidate("203.0.113.1:9000", 1), net.now);
        assertEquals(IceAgent.NO_TIMEOUT, a.agent.nextTimeoutNanos());
        a.learnCredentials(b);
        net.runFor(Duration.ofSeconds(29));
        assertEquals(IceState.CHECKING, a.agent.state());
        assertEquals(9, net.link.sent(), "packets to a candidate that never answers");
        net.runFor(Duration.ofSeconds(2));
        assertEquals(IceState.FAILED, a.agent.state());
        assertEquals(IceAgent.NO_TIMEOUT, a.agent.nextTimeoutNanos());
    }

    private static void assertPaired(IceNetwork.Host a, IceNetwork.Host b) {
        InetSocketAddress fromA = a.agent.selectedRemote().orElseThrow();
        InetSocketAddress fromB = b.agent.selectedRemote().orElseThrow();
        assertEquals(b.selectedAddress(), fromA, "a sends to where b does not send from");
        assertEquals(a.selectedAddress(), fromB, "b sends to where a does not send from");
    }
}
