package dev.notecast.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.nat.NatBehavior;
import dev.notecast.rtc.nat.NatBehavior.Sighting;
import dev.notecast.rtc.nat.NatFiltering;
import dev.notecast.rtc.nat.NatMapping;
import dev.notecast.server.doctor.Running.Relays;
import dev.notecast.server.doctor.Running.Tunneled;
import dev.notecast.server.doctor.Verdict.Change;
import dev.notecast.server.doctor.Verdict.Nothing;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of {@link Verdict}, row by row, each with the row before it that no longer fits. */
class VerdictTest {
    private static final int PORT = 40_000;
    private static final String STUN = "stun:stun.example.org:3478";

    /** Behind a port-restricted cone, with a server, a STUN server and a tunnel that all work. */
    private Place place = Place.NOTEBOOK;

    private boolean onlyLoopback;
    private NatMapping mapping = NatMapping.ENDPOINT_INDEPENDENT;
    private NatFiltering filtering = NatFiltering.ADDRESS_AND_PORT_DEPENDENT;
    private Reach udp = Reach.YES;
    private Reach tcp = Reach.YES;
    private Reach web = Reach.YES;
    private boolean clockIsWrong;
    private List<Taken> taken = List.of();
    private boolean runs = true;
    private boolean reachable = true;
    private boolean announced;
    private Relays relays = new Relays(true, false, false, List.of());
    private Tunneled tunnels = new Tunneled(true, false, List.of());

    private Verdict verdict() {
        boolean answered = udp == Reach.YES;
        List<Sighting> sightings = answered
                ? List.of(new Sighting(
                        new InetSocketAddress("198.51.100.1", 3478), new InetSocketAddress("203.0.113.1", PORT)))
                : List.of();
        return Verdict.of(new Facts(
                place,
                onlyLoopback,
                answered ? new NatBehavior(sightings, mapping, filtering, Optional.empty()) : NatBehavior.SILENCE,
                PORT,
                answered ? Optional.of(STUN) : Optional.empty(),
                udp,
                tcp,
                web,
                clockIsWrong,
                taken,
                runs ? Optional.of(new Running(reachable, announced, relays, tunnels)) : Optional.empty()));
    }

    private void assertChange(boolean automatic, String... commands) {
        Change change = assertInstanceOf(Change.class, verdict());
        assertEquals(List.of(commands), change.commands(), change.text());
        assertEquals(automatic, change.automatic(), change.text());
    }

    private void assertNothing(String word) {
        Nothing nothing = assertInstanceOf(Nothing.class, verdict());
        assertTrue(nothing.text().contains(word), nothing.text());
    }

    @Test
    void aTakenPortComesFirst() {
        runs = false;
        clockIsWrong = true;
        onlyLoopback = true;
        taken = List.of(new Taken("--port", "TCP port 8889", 8890), new Taken("--udp-port", "UDP port 8189", 8190));
        assertChange(true, "%sfu start --port 8890 --udp-port 8190");
    }

    @Test
    void aWrongClockIsSetBeforeAnythingElseIsJudged() {
        runs = false;
        clockIsWrong = true;
        assertChange(false, "sudo timedatectl set-ntp true");
        place = Place.LAUNCHER;
        assertChange(false, "sudo timedatectl set-ntp true");
    }

    @Test
    void aNotebookWithoutAServerStartsOne() {
        runs = false;
        onlyLoopback = true;
        assertChange(true, "%sfu start");
    }

    @Test
    void theLauncherJudgesTheNetworkWithoutAServer() {
        runs = false;
        place = Place.LAUNCHER;
        assertNothing("most browsers");
        mapping = NatMapping.DESTINATION_DEPENDENT;
        assertChange(false, "%ice add turn:HOST:3478 --user NAME --password");
    }

    @Test
    void loopbackAloneIsToldBeforeSilence() {
        onlyLoopback = true;
        udp = Reach.NO;
        tcp = Reach.NO;
        web = Reach.NO;
        assertChange(false);
        assertTrue(verdict().text().contains("loopback"), verdict().text());
        onlyLoopback = false;
        assertChange(false);
        assertTrue(
                verdict().text().contains("Nothing outside answers"), verdict().text());
    }

    @Test
    void aTunnelThatLeadsElsewhereIsOpenedAgain() {
        tunnels = new Tunneled(true, false, List.of("cloudflared"));
        mapping = NatMapping.ADDRESS_AND_PORT_DEPENDENT;
        assertChange(false, "%tunnel stop cloudflared", "%tunnel start cloudflared");
    }

    @Test
    void aRelayThatWouldHelpAndDoesNotWorkIsReplaced() {
        mapping = NatMapping.ADDRESS_AND_PORT_DEPENDENT;
        relays = new Relays(true, true, false, List.of("turn:a.example:3478?transport=udp"));
        assertChange(
                false,
                "%ice remove turn:a.example:3478?transport=udp",
                "%ice add turn:HOST:3478 --user NAME --password");
        udp = Reach.NO;
        tcp = Reach.NO;
        assertChange(false, "%ice add turns:HOST:443 --user NAME --password");
        relays = new Relays(false, false, false, List.of("turns:a.example:443?transport=tcp"));
        assertChange(
                false,
                "%ice remove turns:a.example:443?transport=tcp",
                "%ice add turns:HOST:443 --user NAME --password");
    }

    @Test
    void aRelayThatDoesNotWorkBesideOneThatDoesIsNoReasonToChange() {
        mapping = NatMapping.ADDRESS_AND_PORT_DEPENDENT;
        relays = new Relays(true, true, true, List.of("turn:a.example:3478?transport=udp"));
        assertNothing("a relay");
    }

    @Test
    void theWebAloneNeedsARelayOn443() {
        udp = Reach.NO;
        tcp = Reach.NO;
        assertChange(false, "%ice add turns:HOST:443 --user NAME --password");
    }

    @Test
    void withoutUdpARelayOverTcpIsNeeded() {
        udp = Reach.NO;
        assertChange(false, "%ice add turn:HOST:3478?transport=tcp --user NAME --password");
        tunnels = new Tunneled(true, true, List.of());
        assertNothing("through the tunnel");
    }

    @Test
    void aSymmetricNatNeedsARelay() {
        mapping = NatMapping.ADDRESS_AND_PORT_DEPENDENT;
        filtering = NatFiltering.ENDPOINT_INDEPENDENT;
        assertChange(false, "%ice add turn:HOST:3478 --user NAME --password");
        mapping = NatMapping.UNKNOWN;
        assertNothing("most browsers");
        relays = new Relays(true, true, false, List.of()); // as the media port saw it
        assertChange(false, "%ice add turn:HOST:3478 --user NAME --password");
        announced = true;
        assertNothing("announced");
    }

    @Test
    void aNatThatMapsEveryPortToItselfIsAnnouncedWhereNoStunServerDoes() {
        filtering = NatFiltering.ENDPOINT_INDEPENDENT;
        relays = Relays.NONE;
        assertChange(false, "%sfu stop", "%sfu start --public-ip 203.0.113.1");
    }

    @Test
    void theOutsideOfTheMediaPortIsAskedForWhereNobodyDoes() {
        relays = Relays.NONE;
        assertChange(true, "%ice add " + STUN);
    }

    @Test
    void aServerThatOnlyThisMachineReachesGetsATunnel() {
        reachable = false;
        tunnels = Tunneled.NONE;
        assertChange(false, "%tunnel start");
        place = Place.COLAB;
        assertTrue(verdict().text().contains("rules"), verdict().text());
        mapping = NatMapping.DESTINATION_DEPENDENT; // media first: a page without a picture helps nobody
        assertChange(false, "%ice add turn:HOST:3478 --user NAME --password");
    }

    @Test
    void elseNothingIsToChange() {
        assertNothing("most browsers");
        mapping = NatMapping.NO_NAT;
        assertNothing("directly");
    }

    @Test
    void whereNobodyWasAskedNothingIsClaimed() {
        udp = Reach.UNKNOWN;
        tcp = Reach.UNKNOWN;
        web = Reach.UNKNOWN;
        relays = Relays.NONE;
        assertNothing("nobody outside was asked");
    }
}
