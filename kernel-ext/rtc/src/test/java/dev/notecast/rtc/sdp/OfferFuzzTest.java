package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.io.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whatever is offered: nothing is thrown, and who is answered gets an answer that keeps the rules. */
class OfferFuzzTest {
    private static final List<CodecParameters> TRACKS = List.of(
            new CodecParameters(Codec.H264, Map.of("packetization-mode", "1", "profile-level-id", "42e01f")),
            new CodecParameters(Codec.OPUS, Map.of("stereo", "1")));
    private static final SessionDescription OURS = Offers.publish(TRACKS, OfferTexts.local());

    @FuzzTest(maxDuration = "10s")
    void answersKeepTheRules(byte[] data) {
        SessionDescription offer = parsed(data);
        if (offer == null) {
            return;
        }
        assertEquals(offer, OfferTexts.parse(offer.toString()), "what is written reads back");
        check(offer, PublishAnswer.to(offer, OfferTexts.local()));
        check(offer, ReadAnswer.to(offer, TRACKS, OfferTexts.local(), new Random(1)));
        NegotiationResult exchange = ExchangeAnswer.to(offer, OfferTexts.local(), new Random(1));
        check(offer, exchange);
        if (exchange instanceof Negotiated negotiated) {
            ExchangeAnswer.halves(offer, negotiated);
        }
    }

    @FuzzTest(maxDuration = "10s")
    void answersToOursAreTakenOrRefused(byte[] data) {
        SessionDescription answer = parsed(data);
        if (answer != null) {
            AnswerToOffer.apply(OURS, answer);
        }
    }

    @FuzzTest(maxDuration = "10s")
    void fragmentsReadBack(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (SdpFragment.parse(text) instanceof ParseResult.Ok<SdpFragment>(SdpFragment fragment)) {
            assertEquals(fragment, OfferTexts.ok(SdpFragment.parse(fragment.toString())));
        }
    }

    private static SessionDescription parsed(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        return SessionDescription.parse(text) instanceof ParseResult.Ok<SessionDescription>(SessionDescription sdp)
                ? sdp
                : null;
    }

    private static void check(SessionDescription offer, NegotiationResult result) {
        if (result instanceof Negotiated negotiated) {
            AnswerRules.check(offer, negotiated.answer());
        }
    }
}
