package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeAnswerTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void videoGoesBackInTheSameLineAndSoundDoesNot(boolean chromium) {
        String offer = chromium ? OfferTexts.chromiumSend().replace("a=sendonly", "a=sendrecv") : OfferTexts.firefox();
        ExchangeAnswer.Halves halves = answered(offer);
        assertEquals(
                List.of(0, 1),
                halves.received().stream().map(NegotiatedMedia::trackIndex).toList());
        assertEquals(1, halves.sent().media().size());
        NegotiatedMedia back = halves.sent().media().getFirst();
        assertEquals(MediaKind.VIDEO, back.kind());
        NegotiatedMedia there = halves.received().get(back.trackIndex());
        assertEquals(there.payloads(), back.payloads());
        assertNotEquals(there.ssrcs(), back.ssrcs(), "each side has its own SSRCs");
        SessionDescription answer = OfferTexts.parse(negotiated(offer).answer());
        for (MediaDescription media : answer.media()) {
            Direction expected = media.type().equals("video") ? Direction.SENDRECV : Direction.RECVONLY;
            if (media.isActive()) {
                assertEquals(expected, Direction.of(media, answer.attributes()));
            }
        }
    }

    @Test
    void videoIsTakenInTheCodecThatGoesBackWhereThatIsAnother() {
        String offer = OfferTexts.chromiumSend().replace("a=sendonly", "a=sendrecv");
        for (Codec codec : List.of(Codec.VP8, Codec.H264)) {
            Negotiated negotiated = assertInstanceOf(
                    Negotiated.class,
                    ExchangeAnswer.to(OfferTexts.parse(offer), OfferTexts.local(), new Random(1), Optional.of(codec)));
            ExchangeAnswer.Halves halves = ExchangeAnswer.halves(OfferTexts.parse(offer), negotiated);
            assertEquals(
                    codec,
                    halves.sent()
                            .media()
                            .getFirst()
                            .payloads()
                            .getFirst()
                            .parameters()
                            .codec());
            assertEquals(2, halves.received().size());
        }
    }

    @Test
    void whoOnlySendsGetsNothingBack() {
        ExchangeAnswer.Halves halves = answered(OfferTexts.chromiumSend());
        assertEquals(2, halves.received().size());
        assertTrue(halves.sent().media().isEmpty());
    }

    @Test
    void whoOnlyReceivesIsAReader() {
        assertFalse(ExchangeAnswer.sends(OfferTexts.parse(OfferTexts.chromiumReceive())));
        assertTrue(ExchangeAnswer.sends(OfferTexts.parse(OfferTexts.firefox())));
    }

    private static Negotiated negotiated(String offer) {
        return assertInstanceOf(
                Negotiated.class, ExchangeAnswer.to(OfferTexts.parse(offer), OfferTexts.local(), new Random(1)));
    }

    private static ExchangeAnswer.Halves answered(String offer) {
        return ExchangeAnswer.halves(OfferTexts.parse(offer), negotiated(offer));
    }
}
