package dev.notecast.rtc.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NatDiscoveryTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.2", 8189);
    private static final InetSocketAddress ONE = new InetSocketAddress("198.51.100.1", 3478);
    private static final InetSocketAddress TWO = new InetSocketAddress("198.51.100.2", 3479);
    private static final InetSocketAddress PLAIN = new InetSocketAddress("192.0.2.9", 3478);
    private static final Function<InetSocketAddress, Object> EVERYBODY = to -> "";

    private static Function<InetSocketAddress, Object> by(String kind) {
        return switch (kind) {
            case "ENDPOINT_INDEPENDENT" -> EVERYBODY;
            case "ADDRESS_DEPENDENT" -> InetSocketAddress::getAddress;
            case "ADDRESS_AND_PORT_DEPENDENT" -> to -> to;
            default -> null;
        };
    }

    private static NatDiscovery asking(InetSocketAddress... servers) {
        return new NatDiscovery(List.of(servers), Set.of(LOCAL), new Random(1), 0);
    }

    private static NatBehavior behind(SimulatedNat nat) {
        return nat.run(asking(ONE), LOCAL);
    }

    @ParameterizedTest
    @CsvSource({
        "NO_NAT, ENDPOINT_INDEPENDENT",
        "NO_NAT, ADDRESS_AND_PORT_DEPENDENT",
        "ENDPOINT_INDEPENDENT, ENDPOINT_INDEPENDENT",
        "ENDPOINT_INDEPENDENT, ADDRESS_DEPENDENT",
        "ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT",
        "ADDRESS_DEPENDENT, ADDRESS_DEPENDENT",
        "ADDRESS_AND_PORT_DEPENDENT, ENDPOINT_INDEPENDENT",
        "ADDRESS_AND_PORT_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT"
    })
    void aServerWithTwoAddressesTellsMappingAndFiltering(NatMapping mapping, NatFiltering filtering) {
        SimulatedNat nat = new SimulatedNat(by(mapping.name()), by(filtering.name()));
        nat.serverWithTwoAddresses(ONE, TWO);
        NatBehavior found = behind(nat);
        assertEquals(mapping, found.mapping());
        assertEquals(filtering, found.filtering());
        assertEquals(Optional.of(ONE), found.toldBy());
        assertTrue(nat.nowNanos < Duration.ofSeconds(4).toNanos(), () -> nat.nowNanos / 1_000_000 + " ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsLostIsSentAgain(long seed) {
        SimulatedNat nat = new SimulatedNat(to -> to, to -> "");
        nat.serverWithTwoAddresses(ONE, TWO);
        Random random = new Random(seed);
        int[] inARow = {0};
        // never so many that a probe has to give up
        nat.lost = count -> (inARow[0] = random.nextInt(3) > 0 && inARow[0] < 2 ? inARow[0] + 1 : 0) > 0;
        NatBehavior found = behind(nat);
        assertEquals(NatMapping.ADDRESS_AND_PORT_DEPENDENT, found.mapping());
        assertEquals(NatFiltering.ENDPOINT_INDEPENDENT, found.filtering());
    }

    @Test
    void twoServersWithOneAddressEachTellTheMappingOnly() {
        SimulatedNat cone = new SimulatedNat(EVERYBODY, to -> to);
        cone.servers.addAll(List.of(ONE, PLAIN));
        NatBehavior found = cone.run(asking(ONE, PLAIN), LOCAL);
        assertEquals(NatMapping.ENDPOINT_INDEPENDENT, found.mapping());
        assertEquals(NatFiltering.UNKNOWN, found.filtering());
        assertEquals(Optional.empty(), found.toldBy());

        SimulatedNat symmetric = new SimulatedNat(to -> to, to -> to);
        symmetric.servers.addAll(List.of(ONE, PLAIN));
        assertEquals(
                NatMapping.DESTINATION_DEPENDENT,
                symmetric.run(asking(ONE, PLAIN), LOCAL).mapping());
    }

    @Test
    void twoPortsOfOneAddressTellASymmetricNatAndNothingElse() {
        InetSocketAddress secondPort = new InetSocketAddress(ONE.getAddress(), 53);
        SimulatedNat symmetric = new SimulatedNat(to -> to, to -> to);
        symmetric.servers.addAll(List.of(ONE, secondPort));
        assertEquals(
                NatMapping.ADDRESS_AND_PORT_DEPENDENT,
                symmetric.run(asking(ONE, secondPort), LOCAL).mapping());
        SimulatedNat cone = new SimulatedNat(EVERYBODY, to -> to);
        cone.servers.addAll(List.of(ONE, secondPort));
        assertEquals(
                NatMapping.UNKNOWN, cone.run(asking(ONE, secondPort), LOCAL).mapping());
    }

    @Test
    void oneServerTellsTheAddressButNotTheMapping() {
        SimulatedNat nat = new SimulatedNat(EVERYBODY, to -> to);
        nat.servers.add(ONE);
        NatBehavior found = behind(nat);
        assertEquals(NatMapping.UNKNOWN, found.mapping());
        assertEquals(Optional.of(new InetSocketAddress("203.0.113.1", 40_000)), found.mapped());
    }

    @Test
    void aServerThatRefusesToAnswerFromElsewhereStillTellsTheMapping() {
        SimulatedNat nat = new SimulatedNat(to -> to, to -> to);
        nat.serverWithTwoAddresses(ONE, TWO);
        nat.knowsChangeRequest = false;
        NatBehavior found = behind(nat);
        assertEquals(NatMapping.ADDRESS_AND_PORT_DEPENDENT, found.mapping());
        assertEquals(NatFiltering.UNKNOWN, found.filtering());
    }

    @Test
    void theFilterIsNotAskedWhereTheWayBackIsOpenAlready() {
        SimulatedNat nat = new SimulatedNat(EVERYBODY, to -> to);
        nat.serverWithTwoAddresses(ONE, TWO);
        InetSocketAddress secondsFirst = new InetSocketAddress(TWO.getAddress(), ONE.getPort());
        NatBehavior found = nat.run(asking(ONE, secondsFirst), LOCAL);
        assertEquals(NatMapping.ENDPOINT_INDEPENDENT, found.mapping());
        assertEquals(NatFiltering.UNKNOWN, found.filtering());
    }

    @Test
    void whereNobodyAnswersItEndsInTime() {
        SimulatedNat nat = new SimulatedNat(EVERYBODY, to -> to);
        assertEquals(NatBehavior.SILENCE, nat.run(asking(ONE, PLAIN), LOCAL));
        assertTrue(nat.nowNanos < Duration.ofSeconds(4).toNanos(), () -> nat.nowNanos / 1_000_000 + " ms");
        assertTrue(asking().isDone(), "waits for nobody");
    }

    @Test
    void aServerCannotSendUsToAddressesInside() {
        for (String inside : List.of("127.0.0.1", "10.0.0.1", "169.254.169.254", "224.0.0.1", "0.0.0.0")) {
            SimulatedNat nat = new SimulatedNat(EVERYBODY, to -> to);
            nat.servers.add(ONE);
            nat.otherOf.put(ONE, new InetSocketAddress(inside, 80));
            behind(nat);
            assertEquals(List.of(ONE), nat.sentTo.stream().distinct().toList(), inside);
        }
    }

    @Test
    void answersToNothingFromElsewhereOrTooLateAreDropped() {
        NatDiscovery discovery = asking(ONE);
        NatDiscovery.Request request = discovery.poll(0);
        TransactionId id = TransactionId.of(request.datagram(), 0, request.datagram().length)
                .orElseThrow();
        InetSocketAddress mapped = new InetSocketAddress("203.0.113.1", 1);
        discovery.receive(SimulatedNat.parsed(SimulatedNat.answer(new TransactionId(1, 2), mapped, null)), ONE, 1);
        discovery.receive(SimulatedNat.parsed(SimulatedNat.answer(id, mapped, null)), PLAIN, 1);
        assertFalse(discovery.isDone(), "believed a stranger");
        long late = Duration.ofSeconds(30).toNanos();
        while (!discovery.isDone()) {
            discovery.poll(discovery.nextTimeoutNanos());
        }
        discovery.receive(SimulatedNat.parsed(SimulatedNat.answer(id, mapped, null)), ONE, late);
        assertEquals(NatBehavior.SILENCE, discovery.behavior());
    }

    @Test
    void noMoreThanEightServersAreAsked() {
        InetSocketAddress[] many = new InetSocketAddress[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = new InetSocketAddress("192.0.2." + i, 3478);
        }
        SimulatedNat nat = new SimulatedNat(EVERYBODY, to -> to);
        nat.run(asking(many), LOCAL);
        assertEquals(NatDiscovery.MAX_SERVERS, nat.sentTo.stream().distinct().count());
    }
}
