package dev.notecast.vision.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.3.4",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "fe80::1",
                "fd00::1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254"
            })
    void privateAddressesAreKnown(String address) throws UnknownHostException {
        assertTrue(Destination.isPrivate(InetAddress.getByName(address)), address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111"})
    void publicOnesToo(String address) throws UnknownHostException {
        assertFalse(Destination.isPrivate(InetAddress.getByName(address)), address);
    }

    private static String failure(String address) {
        return assertThrows(FetchException.class, () -> Destination.of(URI.create(address)))
                .getMessage();
    }

    @Test
    void onlyHttpsLeavesThisMachine() throws FetchException {
        assertEquals("'http://1.1.1.1/a' is not https", failure("http://1.1.1.1/a?token=x"));
        assertEquals("'file://1.1.1.1/a' is not https", failure("file://1.1.1.1/a"));
        assertTrue(failure("file:///etc/passwd").contains("is no address of a file"));
        assertFalse(failure("https://me:secret@1.1.1.1/a").contains("secret"));
        assertEquals("1.1.1.1", Destination.of(URI.create("https://1.1.1.1/a")).host());
        assertEquals(
                "127.0.0.1", Destination.of(URI.create("http://127.0.0.1/a")).host());
    }

    @Test
    void nobodyIsLedFromTheInternetIntoAPrivateNetwork() throws FetchException {
        Destination outside = Destination.of(URI.create("https://1.1.1.1/a"));
        for (String to :
                new String[] {"https://127.0.0.1/", "https://169.254.169.254/latest", "https://[::1]:8443/x"}) {
            String said = assertThrows(FetchException.class, () -> outside.redirectedTo(URI.create(to)))
                    .getMessage();
            assertTrue(said.startsWith("1.1.1.1 redirects to the private address"), said);
        }
        assertThrows(FetchException.class, () -> outside.redirectedTo(URI.create("http://1.0.0.1/")));
        assertEquals(
                "https://1.1.1.1/b",
                outside.redirectedTo(URI.create("/b")).address().toString());
        Destination own = Destination.of(URI.create("https://10.0.0.1/a")); // typed: the user's own network
        assertEquals(
                "10.0.0.2", own.redirectedTo(URI.create("https://10.0.0.2/a")).host());
    }
}
