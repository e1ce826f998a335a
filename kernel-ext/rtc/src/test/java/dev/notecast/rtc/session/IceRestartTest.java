package dev.notecast.rtc.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.LossyLink.Conditions;
import dev.notecast.rtc.ice.IceRole;
import dev.notecast.rtc.session.RestartPair.End;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser (the client, which nominates) and a server that restart ICE while media flows both ways. */
class IceRestartTest {
    private static final Duration MS = Duration.ofMillis(1);
    private static final Conditions GOOD = Conditions.perfect(MS.multipliedBy(5));
    private static final Conditions LOSSY = new Conditions(0.05, 0.01, MS.multipliedBy(5), MS.multipliedBy(15));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void mediaFlowsOnThroughARestartWithLoss(long seed) {
        RestartPair pair = new RestartPair(LOSSY, seed);
        pair.connect();
        String clientUfrag = pair.client.ufrag();
        String serverUfrag = pair.server.ufrag();
        pair.runWithMedia(Duration.ofSeconds(1));
        pair.client.clearGaps();
        pair.server.clearGaps();
        pair.restart(IceRole.CONTROLLING, IceRole.CONTROLLED);
        pair.runWithMedia(Duration.ofSeconds(5));
        for (End end : List.of(pair.client, pair.server)) {
            assertNull(end.closedReason);
            assertTrue(end.longestGap().compareTo(MS.multipliedBy(200)) < 0, "gap of " + end.longestGap());
            assertEquals(1, end.dtlsStarted, "the association stays");
        }
        assertEquals(List.of(clientUfrag), pair.client.ended);
        assertEquals(List.of(serverUfrag), pair.server.ended);
    }

    @Test
    void aSessionWhoseWayIsDeadFindsAnother() {
        RestartPair pair = new RestartPair(GOOD, 1);
        pair.connect();
        pair.client.moveTo("10.9.9.9", 4000);
        pair.runWithMedia(Duration.ofSeconds(12)); // disconnected by now
        int before = pair.client.received;
        pair.restart(IceRole.CONTROLLING, IceRole.CONTROLLED);
        pair.runWithMedia(Duration.ofSeconds(1));
        assertTrue(pair.client.received > before + 100, "media comes again");
        assertEquals(
                pair.client.address,
                pair.server.session.selectedPair().orElseThrow().remote());
        pair.runWithMedia(Duration.ofSeconds(60));
        assertNull(pair.server.closedReason);
    }

    @Test
    void aRestartThatComesAfterTheFirstAgentLostConsentStillRuns() {
        RestartPair pair = new RestartPair(GOOD, 1);
        pair.connect();
        pair.client.moveTo("10.9.9.9", 4000);
        pair.run(Duration.ofSeconds(29));
        pair.network.setConditions(new Conditions(1, 0, MS, MS));
        pair.restart(IceRole.CONTROLLING, IceRole.CONTROLLED);
        pair.run(Duration.ofSeconds(5)); // the old way's consent is over, the new one is not found yet
        assertNull(pair.server.closedReason);
        pair.network.setConditions(GOOD);
        pair.runWithMedia(Duration.ofSeconds(5));
        assertNull(pair.server.closedReason);
        assertTrue(pair.client.received > 100 && pair.server.received > 100);
    }

    @Test
    void aRestartWhileConnectingConnects() {
        RestartPair pair = new RestartPair(new Conditions(1, 0, MS, MS), 1);
        pair.run(Duration.ofSeconds(28));
        pair.network.setConditions(GOOD);
        pair.client.moveTo("10.9.9.9", 4000);
        pair.restart(IceRole.CONTROLLING, IceRole.CONTROLLED);
        pair.connect();
        pair.runWithMedia(Duration.ofSeconds(35));
        assertNull(pair.client.closedReason);
        assertNull(pair.server.closedReason);
        assertEquals(1, pair.server.dtlsStarted);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void bothClaimingTheSameRoleInARestartIsSettled(long seed) {
        for (IceRole role : IceRole.values()) {
            RestartPair pair = new RestartPair(GOOD, seed);
            pair.connect();
            pair.restart(role, role);
            pair.runWithMedia(Duration.ofSeconds(3));
            assertEquals(1, pair.client.ended.size(), role + " twice");
            assertEquals(1, pair.server.ended.size(), role + " twice");
            assertNull(pair.server.closedReason);
        }
    }

    @Test
    void aNewerRestartReplacesOneThatIsUnderWay() {
        RestartPair pair = new RestartPair(GOOD, 1);
        pair.connect();
        for (int i = 0; i < 20; i++) {
            pair.restart(IceRole.CONTROLLING, IceRole.CONTROLLED);
        }
        pair.runWithMedia(Duration.ofSeconds(3));
        assertEquals(20, pair.server.ended.size(), "19 that were replaced and the first one");
        assertEquals(20, pair.server.ended.stream().distinct().count());
        assertNull(pair.server.closedReason);
        assertTrue(pair.server.received > 300);
    }

    @Test
    void aRestartThatFindsNoWayLeavesTheOldOne() {
        RestartPair pair = new RestartPair(GOOD, 1);
        pair.connect();
        pair.server.restartAgainstNobody();
        pair.runWithMedia(Duration.ofSeconds(40));
        assertEquals(1, pair.server.ended.size());
        assertNull(pair.server.closedReason);
        assertTrue(pair.server.longestGap().compareTo(MS.multipliedBy(50)) < 0, "media never stopped");
    }

    @Test
    void whenBothTheOldAndTheNewWayFailTheSessionEnds() {
        RestartPair pair = new RestartPair(GOOD, 1);
        pair.connect();
        pair.server.restartAgainstNobody();
        pair.network.setConditions(new Conditions(1, 0, MS, MS));
        pair.run(Duration.ofSeconds(31));
        assertEquals("ICE: the peer is gone", pair.server.closedReason);
    }
}
