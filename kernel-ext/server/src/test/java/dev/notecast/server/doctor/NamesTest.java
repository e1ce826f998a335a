package dev.notecast.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static boolean prefersIpv4(String... own) {
        return Names.prefersIpv4(Arrays.stream(own).map(NamesTest::address).toList());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void onlyAMachineWithIpv6AloneAsksByIpv6() {
        assertTrue(prefersIpv4("10.0.0.2", "2001:db8::2", "127.0.0.1", "::1"));
        assertFalse(prefersIpv4("2001:db8::2", "127.0.0.1", "::1"));
        assertTrue(prefersIpv4("127.0.0.1", "::1"), "loopback has both");
    }

    @Test
    void literalsNeedNobody() {
        assertEquals(List.of(address("198.51.100.1")), Names.lookUp("198.51.100.1"));
        assertEquals(List.of(address("2001:db8::2")), Names.lookUp("2001:db8::2"));
    }

    @Test
    void placesAreWrittenAsInUris() {
        assertEquals("stun.example.org:3478", Names.place("stun.example.org", 3478));
        assertEquals("[2001:db8::2]:443", Names.place("2001:db8::2", 443));
    }

    @Test
    void whatIsPublicIsValidEverywhere() {
        for (String inside :
                List.of("10.0.0.1", "192.168.1.1", "100.64.0.1", "169.254.1.1", "fd00::1", "fe80::1", "::1")) {
            assertFalse(UdpCheck.isPublic(address(inside)), inside);
        }
        assertTrue(UdpCheck.isPublic(address("203.0.113.1")));
        assertTrue(UdpCheck.isPublic(address("2001:db8::1")));
    }
}
