package dev.notecast.media.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
    private static List<InetAddress> addresses(String... literals) {
        return Stream.of(literals).map(LocalAddressesTest::address).toList();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ipv4BeforeIpv6AndLoopbackLast() {
        assertEquals(
                addresses("192.0.2.7", "10.0.0.3", "2001:db8::5", "fd00::1", "127.0.0.1", "::1"),
                LocalAddresses.choose(
                        addresses("::1", "2001:db8::5", "127.0.0.1", "192.0.2.7", "fd00::1", "10.0.0.3")));
    }

    @Test
    void leavesOutWhatNoPeerCanReach() {
        assertEquals(
                addresses("192.0.2.7"),
                LocalAddresses.choose(addresses("fe80::1", "169.254.3.3", "0.0.0.0", "::", "224.0.0.1", "192.0.2.7")));
    }

    @Test
    void announcesSixteenAtMostAndLoopbackAmongThem() {
        List<InetAddress> many = Stream.concat(
                        IntStream.range(0, 40).mapToObj(i -> address("10.0.0." + (i + 1))),
                        addresses("127.0.0.1", "::1").stream())
                .toList();
        List<InetAddress> chosen = LocalAddresses.choose(many);
        assertEquals(16, chosen.size());
        assertEquals(addresses("127.0.0.1", "::1"), chosen.subList(14, 16));
    }

    @Test
    void thisMachineHasALoopbackAddressAtLeast() {
        assertTrue(LocalAddresses.forHostCandidates().contains(address("127.0.0.1")));
    }
}
