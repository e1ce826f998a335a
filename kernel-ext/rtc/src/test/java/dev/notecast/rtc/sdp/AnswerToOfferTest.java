package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.dtls.DtlsRole;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerToOfferTest {
    private static final CodecParameters OPUS = new CodecParameters(Codec.OPUS, Map.of("useinbandfec", "1"));
    private static final CodecParameters VP8 = new CodecParameters(Codec.VP8, Map.of());
    private static final CodecParameters H264 =
            new CodecParameters(Codec.H264, Map.of("profile-level-id", "42e01f", "packetization-mode", "1"));

    private static Negotiated apply(SessionDescription offer, String answer) {
        return assertInstanceOf(Negotiated.class, AnswerToOffer.apply(offer, OfferTexts.parse(answer)));
    }

    @Test
    void bothSidesOfAPublishingSessionAgree() {
        SessionDescription offer = OfferTexts.parse(
                Offers.publish(List.of(H264, OPUS), OfferTexts.local()).toString());
        Negotiated answerer = assertInstanceOf(Negotiated.class, PublishAnswer.to(offer, OfferTexts.local()));
        Negotiated offerer = apply(offer, answerer.answer());
        assertEquals(DtlsRole.SERVER, answerer.localRole());
        assertEquals(DtlsRole.CLIENT, offerer.localRole());
        assertEquals(answerer.media(), offerer.media());
        assertEquals(2, offerer.remoteCandidates().size());
        assertEquals(97, offerer.media().get(1).payloads().get(0).payloadType());
        assertEquals(98, offerer.media().get(0).payloads().get(0).rtxPayloadType());
    }

    @Test
    void anOfferOfTracksSaysWhichSsrcsTheyAreOn() {
        SessionDescription offer = Offers.publish(List.of(VP8, OPUS), OfferTexts.local(), new Random(1));
        Negotiated answerer = assertInstanceOf(Negotiated.class, PublishAnswer.to(offer, OfferTexts.local()));
        Negotiated offerer = apply(offer, answerer.answer());
        assertEquals(answerer.media(), offerer.media());
        assertEquals(1, offerer.media().get(0).ssrcs().size());
        assertEquals(1, offerer.media().get(0).rtxSsrcs().size());
        assertEquals(0, offerer.media().get(1).rtxSsrcs().size());
    }

    @Test
    void bothSidesOfAReadingSessionAgree() {
        SessionDescription offer = Offers.read(List.of(VP8, H264, OPUS), OfferTexts.local());
        Negotiated answerer = assertInstanceOf(
                Negotiated.class, ReadAnswer.to(offer, List.of(OPUS, H264), OfferTexts.local(), new Random(1)));
        Negotiated offerer = apply(offer, answerer.answer());
        assertEquals(answerer.media(), offerer.media());
        assertEquals(97 + 1, offerer.media().get(1).payloads().get(0).payloadType());
        assertEquals(OfferTexts.OUR_FINGERPRINT, offerer.remoteFingerprint());
    }

    @Test
    void refusesAnAnswerThatLeavesTheRoleOpen() {
        SessionDescription offer = Offers.publish(List.of(VP8), OfferTexts.local());
        assertEquals(
                Refused.badSdp("answer has neither a=setup:active nor a=setup:passive"),
                AnswerToOffer.apply(offer, asAnswer(offer)));
    }

    private static SessionDescription asAnswer(SessionDescription offer) {
        return OfferTexts.parse(offer.toString().replace("a=sendonly", "a=recvonly"));
    }

    @Test
    void refusesAnAnswerThatRejectsEverything() {
        SessionDescription offer = Offers.publish(List.of(VP8), OfferTexts.local());
        SessionDescription answer = OfferTexts.parse(offer.toString().replace("m=video 9", "m=video 0"));
        assertEquals(
                Refused.noCommonCodec("answer accepts no m-line of the offer"), AnswerToOffer.apply(offer, answer));
    }

    @Test
    void refusesAnAnswerWithOtherLines() {
        SessionDescription offer = Offers.publish(List.of(VP8, OPUS), OfferTexts.local());
        SessionDescription answer = Offers.publish(List.of(VP8), OfferTexts.local());
        assertEquals(Refused.badSdp("answer has 1 m-lines, the offer has 2"), AnswerToOffer.apply(offer, answer));
    }
}
