package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadAnswerTest {
    private static final CodecParameters OPUS = new CodecParameters(Codec.OPUS, Map.of());
    private static final CodecParameters VP8 = new CodecParameters(Codec.VP8, Map.of());

    private static CodecParameters h264(String profileLevelId, int mode) {
        return new CodecParameters(
                Codec.H264, Map.of("profile-level-id", profileLevelId, "packetization-mode", Integer.toString(mode)));
    }

    private static NegotiationResult answerTo(String offer, CodecParameters... tracks) {
        return ReadAnswer.to(OfferTexts.parse(offer), List.of(tracks), OfferTexts.local(), new Random(1));
    }

    private static Negotiated negotiated(String offer, CodecParameters... tracks) {
        return assertInstanceOf(Negotiated.class, answerTo(offer, tracks));
    }

    @Test
    void sendsEachTrackUnderTheReadersPayloadType() {
        Negotiated result = negotiated(OfferTexts.chromiumReceive(), VP8, OPUS);
        NegotiatedMedia audio = result.media().get(0);
        NegotiatedMedia video = result.media().get(1);
        assertEquals(1, audio.trackIndex());
        assertEquals(111, audio.payloads().get(0).payloadType());
        assertEquals(0, video.trackIndex());
        assertEquals(96, video.payloads().get(0).payloadType());
        assertTrue(video.payloads().get(0).nack() && video.payloads().get(0).pli());
        assertTrue(
                video.payloads().get(0).transportCc() && audio.payloads().get(0).transportCc());
        assertEquals(ExtensionUris.TRANSPORT_WIDE_CC, video.extensions().get(3));
        assertFalse(result.answer().contains("x-google"), "advice is for those who send");
    }

    @Test
    void signalsTheSsrcsThatItWillSendOn() {
        Negotiated result = negotiated(OfferTexts.chromiumReceive(), VP8, OPUS);
        SessionDescription answer = OfferTexts.parse(result.answer());
        NegotiatedMedia audio = result.media().get(0);
        NegotiatedMedia video = result.media().get(1);
        assertEquals(1, audio.ssrcs().size());
        assertEquals(Map.of(), audio.rtxSsrcs(), "lost sound is not asked for");
        assertEquals(1, video.ssrcs().size());
        assertEquals(video.ssrcs(), List.copyOf(video.rtxSsrcs().values()));
        assertEquals(new Ssrcs(audio.ssrcs(), Map.of()), Ssrcs.of(answer.media().get(0)));
        assertEquals(
                new Ssrcs(video.ssrcs(), video.rtxSsrcs()),
                Ssrcs.of(answer.media().get(1)));
        for (MediaDescription media : answer.media()) {
            assertTrue(media.attributes().has("sendonly"));
            assertTrue(media.attributes().has("msid"), "a player finds its tracks in one stream");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "42001f, 1, 102", // same profile and mode
        "42e01f, 1, 104",
        "42c01f, 1, 104", // the same profile, written differently
        "42e034, 1, 104", // levels are not compared
        "42e01f, 0, 106", // same mode
        "4d001f, 1, 39",
        "640c1f, 1, 102", // not offered, but every browser decodes it
    })
    void picksTheH264FormatThatFitsTheTrack(String profileLevelId, int mode, int payloadType) {
        Negotiated result = negotiated(OfferTexts.chromiumReceive(), h264(profileLevelId, mode));
        assertEquals(payloadType, result.media().get(0).payloads().get(0).payloadType());
    }

    @Test
    void sendsNoFragmentsToAReaderOfSingleUnits() {
        String offer = OfferTexts.single("97", "a=rtpmap:97 H264/90000\na=fmtp:97 profile-level-id=42e01f\n");
        Refused refused = assertInstanceOf(Refused.class, answerTo(offer, h264("42e01f", 1)));
        assertEquals(Refused.Kind.NO_COMMON_CODEC, refused.kind());
        assertInstanceOf(Negotiated.class, answerTo(offer, h264("42e01f", 0)));
    }

    @Test
    void saysWhatTheStreamIsWhenTheReaderCannotPlayIt() {
        String offer = OfferTexts.single("98", "a=rtpmap:98 VP9/90000\n");
        assertEquals(Refused.noCommonCodec("the stream is VP8, the reader takes VP9"), answerTo(offer, VP8, OPUS));
    }

    @Test
    void refusesAReaderOfWhatTheStreamLacks() {
        String offer = OfferTexts.single("96", "a=rtpmap:96 VP8/90000\n");
        assertEquals(
                Refused.Kind.NO_COMMON_CODEC,
                assertInstanceOf(Refused.class, answerTo(offer, OPUS)).kind());
    }

    @Test
    void leavesTheLineOfAMissingTrackInactive() {
        Negotiated result = negotiated(OfferTexts.chromiumReceive(), VP8);
        assertEquals(1, result.media().size());
        SessionDescription answer = OfferTexts.parse(result.answer());
        assertEquals("BUNDLE 0 1", answer.attributes().first("group").orElseThrow());
        MediaDescription audio = answer.media().get(0);
        assertTrue(audio.attributes().has("inactive"));
        assertTrue(audio.attributes().has("candidate"));
        assertFalse(audio.attributes().has("msid"));
    }

    @Test
    void retransmitsUnderAPayloadTypeOfItsOwn() {
        MediaDescription video = OfferTexts.parse(
                        negotiated(OfferTexts.chromiumReceive(), VP8, OPUS).answer())
                .media()
                .get(1);
        assertEquals(List.of("96", "97"), video.formats());
        assertTrue(video.attributes().all("rtpmap").anyMatch("97 rtx/90000"::equals));
        assertTrue(video.attributes().all("fmtp").anyMatch("97 apt=96"::equals));
    }

    @Test
    void retransmitsNothingToAReaderThatDoesNotAsk() {
        String offer = OfferTexts.single(
                "96 97", "a=rtpmap:96 VP8/90000\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\na=rtcp-fb:96 ccm fir\n");
        Negotiated result = negotiated(offer, VP8);
        assertEquals(
                PayloadMapping.NONE, result.media().get(0).payloads().get(0).rtxPayloadType());
        assertEquals(Map.of(), result.media().get(0).rtxSsrcs());
        assertFalse(result.answer().contains("rtx"));
    }

    @Test
    void refusesAPublishersOffer() {
        assertEquals(
                Refused.Kind.BAD_SDP,
                assertInstanceOf(Refused.class, answerTo(OfferTexts.chromiumSend(), VP8, OPUS))
                        .kind());
    }

    @Test
    void answersFirefoxInItsOwnPayloadTypes() {
        Negotiated result = negotiated(OfferTexts.firefox(), OPUS, h264("42e01f", 1));
        assertEquals(109, result.media().get(0).payloads().get(0).payloadType());
        PayloadMapping video = result.media().get(1).payloads().get(0);
        assertEquals(126, video.payloadType());
        assertTrue(video.nack() && video.pli());
        assertFalse(video.fir());
    }

    @Test
    void everyOfferIsAnsweredInItsOwnOrder() {
        for (String offer : List.of(OfferTexts.firefox(), OfferTexts.chromiumReceive())) {
            SessionDescription parsed = OfferTexts.parse(offer);
            SessionDescription answer =
                    OfferTexts.parse(negotiated(offer, VP8, OPUS).answer());
            assertEquals(
                    parsed.media().stream().map(MediaDescription::mid).toList(),
                    answer.media().stream().map(MediaDescription::mid).toList());
        }
    }
}
