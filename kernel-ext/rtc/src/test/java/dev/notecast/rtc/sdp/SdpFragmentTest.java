package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.io.ParseResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SdpFragmentTest {
    private static final String TEXT =
            """
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1
            a=candidate:1387637174 2 udp 2122260222 192.0.2.1 61765 typ host generation 0 ufrag EsAw network-id 1
            a=candidate:bad
            a=end-of-candidates
            """;

    @Test
    void readsCredentialsMidAndCandidatesOfRtp() {
        SdpFragment fragment = OfferTexts.ok(SdpFragment.parse(TEXT.replace("\n", "\r\n")));
        assertEquals(Optional.of(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1")), fragment.ice());
        assertEquals("0", fragment.mid());
        assertEquals(
                List.of(61764),
                fragment.candidates().stream().map(each -> each.port()).toList());
        assertTrue(fragment.endOfCandidates());
    }

    @Test
    void writesWhatItReads() {
        SdpFragment fragment = OfferTexts.ok(SdpFragment.parse(TEXT));
        assertEquals(fragment, OfferTexts.ok(SdpFragment.parse(fragment.toString())));
    }

    @Test
    void readsARestartWithItsPartsInEitherPlace() {
        String session = "a=ice-ufrag:ysXw\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\n";
        String line = "m=audio 9 UDP/TLS/RTP/SAVPF 111\na=mid:0\n";
        String rest = "a=ice-options:trickle ice2\na=group:BUNDLE 0 1\n";
        SdpFragment above = OfferTexts.ok(SdpFragment.parse(rest + session + line));
        SdpFragment below = OfferTexts.ok(SdpFragment.parse(rest + line + session.strip()));
        assertEquals(above, below);
        assertEquals("ysXw", above.ice().orElseThrow().ufrag());
        assertEquals("0", above.mid());
        assertFalse(above.endOfCandidates());
    }

    @Test
    void readsTheCandidatesThatSeveralLinesRepeatOnce() {
        String twice = TEXT + TEXT.replace("a=mid:0", "a=mid:1");
        SdpFragment fragment = OfferTexts.ok(SdpFragment.parse(twice));
        assertEquals(1, fragment.candidates().size());
        assertEquals("0", fragment.mid());
    }

    @Test
    void answersARestartWithEverythingUnderTheLine() {
        assertEquals(
                """
                m=audio 9 UDP/TLS/RTP/SAVPF 0
                a=mid:0
                a=ice-options:trickle ice2
                a=ice-ufrag:ours
                a=ice-pwd:ourPasswordOf24Character
                a=candidate:1 1 udp 2130706431 192.0.2.1 8189 typ host
                a=candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host
                a=end-of-candidates
                """
                        .replace("\n", "\r\n"),
                SdpFragment.restarted(OfferTexts.local(), "0").toString());
        String withoutMid = SdpFragment.restarted(OfferTexts.local(), "").toString();
        assertTrue(withoutMid.startsWith("a=ice-options:trickle ice2\r\na=ice-ufrag:ours\r\n"));
    }

    @Test
    void refusesTextThatSaysNothing() {
        for (String text : List.of("", "hello", "a=mid:0\r\n", "a=ice-ufrag:ab\r\na=ice-pwd:cd\r\n")) {
            assertInstanceOf(ParseResult.Malformed.class, SdpFragment.parse(text), text);
        }
        String longMid = TEXT.replace("a=mid:0", "a=mid:" + "0".repeat(65));
        assertInstanceOf(ParseResult.Malformed.class, SdpFragment.parse(longMid));
        assertInstanceOf(ParseResult.Malformed.class, SdpFragment.parse("a=x\n".repeat(SdpFragment.MAX_LENGTH)));
    }

    @Test
    void survivesEveryTruncation() {
        for (int length = 0; length <= TEXT.length(); length++) {
            SdpFragment.parse(TEXT.substring(0, length));
        }
    }

    @Test
    void keepsABoundedNumberOfCandidates() {
        String candidates = IntStream.rangeClosed(1, 200)
                .mapToObj(port -> "a=candidate:1 1 udp 1 192.0.2.1 " + port + " typ host\n")
                .collect(Collectors.joining());
        SdpFragment fragment = OfferTexts.ok(SdpFragment.parse(candidates + candidates));
        assertEquals(SdpFragment.MAX_CANDIDATES, fragment.candidates().size());
    }
}
