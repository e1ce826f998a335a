package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.io.ParseResult;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {
    private static final String CHROMIUM = "candidate:3988266217 1 udp 2122260223 192.168.1.5 41885 typ host"
            + " generation 0 ufrag YCUd network-id 1 network-cost 10";

    @Test
    void readsWhatChromiumSends() {
        Candidate candidate = parsed(CHROMIUM);
        assertEquals(
                new Candidate(
                        "3988266217", 1, CandidateTransport.UDP, 2122260223L, "192.168.1.5", 41885, CandidateType.HOST),
                candidate);
        assertEquals(
                new InetSocketAddress("192.168.1.5", 41885),
                candidate.socketAddress().orElseThrow());
    }

    @Test
    void readsTheValueWithAndWithoutItsName() {
        assertEquals(parsed(CHROMIUM), parsed("a=" + CHROMIUM));
        assertEquals(parsed(CHROMIUM), parsed(CHROMIUM.substring("candidate:".length()) + "\r\n"));
    }

    @Test
    void keepsMulticastDnsNamesUnresolved() {
        String name = "1b2e9f4c-33c1-4b7e-9f0f-0a4b9c8d7e6f.local";
        Candidate candidate = parsed("candidate:1 1 udp 2113937151 " + name + " 55555 typ host");
        assertEquals(name, candidate.address());
        assertTrue(candidate.socketAddress().isEmpty(), "a name has no socket address");
    }

    @Test
    void readsTcpWithItsType() {
        Candidate candidate = parsed("candidate:1 1 tcp 1518280447 10.0.0.1 9 typ host tcptype active generation 0");
        assertEquals(CandidateTransport.TCP_ACTIVE, candidate.transport());
    }

    @Test
    void readsReflexiveAndRelayedOnes() {
        assertEquals(
                CandidateType.SERVER_REFLEXIVE,
                parsed("candidate:2 1 UDP 1686052607 203.0.113.9 61665 typ srflx raddr 10.0.0.2 rport 61665")
                        .type());
        assertEquals(
                CandidateType.RELAYED,
                parsed("candidate:3 1 udp 41885439 2001:db8::9 50000 typ relay raddr :: rport 9")
                        .type());
    }

    @Test
    void reflexiveAndRelayedOnesOfOursAreWrittenAsBrowsersDo() {
        InetSocketAddress host = new InetSocketAddress("10.0.0.2", 8189);
        InetSocketAddress mapped = new InetSocketAddress("203.0.113.9", 61665);
        InetSocketAddress relayed = new InetSocketAddress("198.51.100.1", 50000);
        Candidate reflexive = Candidate.serverReflexive(mapped, host, 65_535);
        Candidate relay = Candidate.relayed(relayed, mapped, 60_000);
        assertTrue(
                reflexive.toString().endsWith(" 203.0.113.9 61665 typ srflx raddr 10.0.0.2 rport 8189"),
                reflexive::toString);
        assertTrue(
                relay.toString().endsWith(" 198.51.100.1 50000 typ relay raddr 203.0.113.9 rport 61665"),
                relay::toString);
        assertTrue(Candidate.relayed(relayed, null, 60_000).toString().endsWith(" typ relay raddr 0.0.0.0 rport 9"));
        assertTrue(reflexive.priority() > relay.priority());
        assertTrue(Candidate.host(host, CandidateTransport.UDP, 0).priority() > reflexive.priority());
    }

    @Test
    void readsWhatItWrites() {
        for (CandidateType type : CandidateType.values()) {
            for (CandidateTransport transport : CandidateTransport.values()) {
                Candidate candidate = new Candidate("ab+/9", 1, transport, 0xFFFF_FFFFL, "2001:db8::1", 65535, type);
                assertEquals(candidate, parsed(candidate.toString()));
            }
        }
    }

    @Test
    void ranksAsRfc8445Recommends() {
        var address = new InetSocketAddress("192.0.2.7", 8189);
        Candidate best = Candidate.host(address, CandidateTransport.UDP, 65535);
        assertEquals((126L << 24) + (65535 << 8) + 255, best.priority());
        Candidate next = Candidate.host(address, CandidateTransport.UDP, 65534);
        assertTrue(best.priority() > next.priority(), "local preference does not rank candidates");
        assertEquals(best.foundation(), next.foundation());
        assertNotEquals(
                best.foundation(),
                Candidate.host(address, CandidateTransport.TCP_PASSIVE, 1).foundation());
        assertEquals("candidate:" + best.foundation() + " 1 udp 2130706431 192.0.2.7 8189 typ host", best.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "candidate:",
                "candidate:1 1 udp 1 1.2.3.4 5 type host",
                "candidate:1 0 udp 1 1.2.3.4 5 typ host",
                "candidate:1 257 udp 1 1.2.3.4 5 typ host",
                "candidate:1 x udp 1 1.2.3.4 5 typ host",
                "candidate:1 1 sctp 1 1.2.3.4 5 typ host",
                "candidate:1 1 tcp 1 1.2.3.4 5 typ host",
                "candidate:1 1 udp -1 1.2.3.4 5 typ host",
                "candidate:1 1 udp 4294967296 1.2.3.4 5 typ host",
                "candidate:1 1 udp 99999999999999999999 1.2.3.4 5 typ host",
                "candidate:1 1 udp 1 1.2.3.4 65536 typ host",
                "candidate:1 1 udp 1 <b>.local 5 typ host",
                "candidate:1 1 udp 1 1.2.3.4 5 typ magic",
                "candidate:a_b 1 udp 1 1.2.3.4 5 typ host",
                "candidate:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 udp 1 1.2.3.4 5 typ host"
            })
    void refusesWhatIsNoCandidate(String line) {
        assertInstanceOf(ParseResult.Malformed.class, Candidate.parse(line));
    }

    @Test
    void refusesTruncatedLines() {
        int end = CHROMIUM.indexOf("host") + "host".length();
        for (int length = 0; length < end; length++) {
            assertInstanceOf(
                    ParseResult.Malformed.class,
                    Candidate.parse(CHROMIUM.substring(0, length)),
                    length + " characters");
        }
        for (int length = end; length <= CHROMIUM.length(); length++) {
            String cut = CHROMIUM.substring(0, length);
            assertInstanceOf(ParseResult.class, Candidate.parse(cut));
        }
        assertInstanceOf(ParseResult.Malformed.class, Candidate.parse(CHROMIUM + " x".repeat(1000)));
    }

    @FuzzTest
    void neverThrows(byte[] data) {
        String line = new String(data, StandardCharsets.UTF_8);
        if (Candidate.parse(line) instanceof ParseResult.Ok<Candidate> ok) {
            ok.value().socketAddress();
            assertEquals(ok.value(), parsed(ok.value().toString()));
        }
    }

    private static Candidate parsed(String line) {
        return switch (Candidate.parse(line)) {
            case ParseResult.Ok<Candidate> ok -> ok.value();
            case ParseResult.Malformed<Candidate> malformed -> fail(malformed.reason());
        };
    }
}
