package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.io.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionDescriptionTest {
    private static final List<CodecParameters> TRACKS =
            List.of(new CodecParameters(Codec.VP8, Map.of()), new CodecParameters(Codec.OPUS, Map.of()));

    private static final List<String> OFFERS = List.of(
            OfferTexts.chromiumSend(),
            OfferTexts.chromiumReceive(),
            OfferTexts.firefox(),
            OfferTexts.obs(),
            OfferTexts.ffmpeg());

    /** Whatever comes in, nothing is thrown, and what is answered can be parsed. */
    private static void handle(String sdp) {
        if (!(SessionDescription.parse(sdp) instanceof ParseResult.Ok<SessionDescription>(var offer))) {
            return;
        }
        List<NegotiationResult> results = List.of(
                PublishAnswer.to(offer, OfferTexts.local()),
                ReadAnswer.to(offer, TRACKS, OfferTexts.local(), new Random(1)),
                AnswerToOffer.apply(Offers.publish(TRACKS, OfferTexts.local()), offer));
        for (NegotiationResult result : results) {
            if (result instanceof Negotiated negotiated) {
                assertInstanceOf(ParseResult.Ok.class, SessionDescription.parse(negotiated.answer()));
            }
        }
    }

    @Test
    void survivesEveryTruncation() {
        for (String offer : OFFERS) {
            for (int length = 0; length <= offer.length(); length++) {
                handle(offer.substring(0, length));
            }
        }
    }

    @Test
    void survivesOffersWithoutAnyOneOfTheirLines() {
        for (String offer : OFFERS) {
            List<String> lines = offer.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int left = i;
                handle(IntStream.range(0, lines.size())
                        .filter(line -> line != left)
                        .mapToObj(lines::get)
                        .collect(Collectors.joining("\n")));
            }
        }
    }

    @FuzzTest(maxDuration = "10s")
    void survivesAnything(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        handle(text);
        handle(OfferTexts.chromiumSend() + text);
        SdpFragment.parse(text);
    }

    @Test
    void readsAnyLineEndsAndUnknownLines() {
        String offer = OfferTexts.obs();
        SessionDescription parsed = OfferTexts.parse(offer);
        assertEquals(parsed, OfferTexts.parse(offer.replace("\n", "\r\n")));
        assertEquals(parsed, OfferTexts.parse(offer.replace("\n", "\n\n").replace("s=-", "s=-\nb=AS:1\nz=0 0\nx=?")));
    }

    @Test
    void writesWhatItReads() {
        for (String offer : OFFERS) {
            SessionDescription parsed = OfferTexts.parse(offer);
            assertEquals(parsed, OfferTexts.parse(parsed.toString()));
        }
    }

    @Test
    void readsTwoHundredPayloadTypes() {
        String types = IntStream.range(0, 200).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        String rtpmaps = IntStream.range(0, 200)
                .mapToObj(type -> "a=rtpmap:" + type + " codec" + type + "/90000\n")
                .collect(Collectors.joining());
        SessionDescription offer =
                OfferTexts.parse(OfferTexts.single(types + " 96", rtpmaps.replace("codec99/", "VP8/")));
        assertEquals(201, offer.media().get(0).formats().size());
        Negotiated result = assertInstanceOf(Negotiated.class, PublishAnswer.to(offer, OfferTexts.local()));
        assertEquals(99, result.media().get(0).payloads().get(0).payloadType());
    }

    @Test
    void boundsWhatAStrangerCanSend() {
        assertMalformed("v=0\n" + "x".repeat(SessionDescription.MAX_LENGTH), "SDP longer than 131072 characters");
        assertMalformed("v=0\n" + "m=a 9 b c\n".repeat(65), "SDP line 66: more than 64 m-lines");
        assertMalformed("v=0\n" + "a=x\n".repeat(8193), "SDP line 8194: more than 8192 attributes");
        assertMalformed("v=0\nm=video 9 P" + " 96".repeat(257), "SDP line 2: more than 256 formats");
        assertMalformed(
                "v=0\nm=video 9 P " + "9".repeat(65), "SDP line 2: m-line has a word longer than 64 characters");
    }

    @Test
    void saysWhichLineIsWrong() {
        assertMalformed("", "SDP does not begin with v=0");
        assertMalformed("{\"type\":\"offer\"}", "SDP does not begin with v=0");
        assertMalformed("v=0\ns=-\nnonsense", "SDP line 3: is not of the form 'x=value'");
        assertMalformed("v=0\nm=video", "SDP line 2: m-line is not 'type port protocol formats'");
        assertMalformed("v=0\nm=video 70000 P 96", "SDP line 2: m-line port is not in 0..65535");
    }

    @Test
    void answersStaySmallWhateverIsOffered() {
        String hostile = OfferTexts.chromiumSend()
                .replace("useinbandfec=1", "useinbandfec=" + "1".repeat(50_000))
                .replace("a=mid:0", "a=ice-options:" + "x".repeat(10_000) + "\na=mid:0");
        Negotiated result =
                assertInstanceOf(Negotiated.class, PublishAnswer.to(OfferTexts.parse(hostile), OfferTexts.local()));
        assertTrue(result.answer().length() < 8192);
    }

    private static void assertMalformed(String sdp, String reason) {
        assertEquals(ParseResult.malformed(reason), SessionDescription.parse(sdp));
    }
}
