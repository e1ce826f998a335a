package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.io.ParseResult;
import java.util.List;
import java.util.Optional;
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
    void refusesTextThatSaysNothing() {
        for (String text : List.of("", "hello", "a=mid:0\r\n", "a=ice-ufrag:ab\r\na=ice-pwd:cd\r\n")) {
            assertInstanceOf(ParseResult.Malformed.class, SdpFragment.parse(text), text);
        }
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
        String candidate = "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\n";
        SdpFragment fragment = OfferTexts.ok(SdpFragment.parse(candidate.repeat(200)));
        assertEquals(SdpFragment.MAX_CANDIDATES, fragment.candidates().size());
    }
}
