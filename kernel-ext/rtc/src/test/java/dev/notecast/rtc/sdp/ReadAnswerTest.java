package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    void givesEachLineTheNextTrackThatItCanPlay() {
        String offer = OfferTexts.chromiumReceive();
        String video = offer.substring(offer.indexOf("m=video"));
        String h264Only = video.replace("VP8/90000", "VP7/90000").replace("a=mid:1", "a=mid:3");
        String three = offer.replace("BUNDLE 0 1", "BUNDLE 0 1 2 3") + video.replace("a=mid:1", "a=mid:2") + h264Only;
        Negotiated result = negotiated(three, VP8, h264("42e01f", 1), VP8);
        assertEquals(
                List.of("1 0 VP8", "2 1 H264"),
                result.media().stream()
                        .map(each -> each.mid() + " " + each.trackIndex() + " "
                                + each.payloads().get(0).parameters().codec().sdpName())
                        .toList());
        assertEquals(Set.of(MediaKind.AUDIO), result.unserved());
        result = negotiated(three, VP8, VP8, h264("42e01f", 1));
        assertEquals(
                List.of(0, 1, 2),
                result.media().stream().map(NegotiatedMedia::trackIndex).toList());
        assertEquals(
                3,
                result.media().stream()
                        .flatMap(each -> each.ssrcs().stream())
                        .distinct()
                        .count());
        List<String> msids = OfferTexts.parse(result.answer()).media().stream()
                .flatMap(media -> media.attributes().all("msid"))
                .toList();
        assertEquals(List.of("notecast video1", "notecast video2", "notecast video3"), msids);
    }

    @Test
    void saysThatAReaderWouldTakeMoreThanThereIs() {
        String offer = OfferTexts.chromiumReceive();
        String video = offer.substring(offer.indexOf("m=video")).replace("a=mid:1", "a=mid:2");
        Negotiated result = negotiated(offer.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + video, VP8, OPUS);
        assertEquals(Set.of(MediaKind.VIDEO), result.unserved());
        assertEquals(Set.of(), negotiated(offer, VP8, OPUS).unserved());
    }

    @Test
    void rejectsTheSoundThatAReaderCannotPlay() {
        String offer = OfferTexts.chromiumReceive().replace("opus/48000", "speex/8000");
        Negotiated result = negotiated(offer, VP8, OPUS);
        assertEquals(1, result.media().size());
        assertEquals(0, OfferTexts.parse(result.answer()).media().get(0).port());
    }

    @Test
    void usesNoLongIdsWhereTheFormsMayNotMix() {
        String longId = OfferTexts.chromiumReceive()
                .replace(
                        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
                        "a=extmap:19 urn:ietf:params:rtp-hdrext:sdes:mid");
        assertEquals(
                ExtensionUris.MID,
                negotiated(longId, VP8).media().get(0).extensions().get(19));
        String notMixed = longId.replace("a=extmap-allow-mixed\n", "");
        assertFalse(negotiated(notMixed, VP8).media().get(0).extensions().containsValue(ExtensionUris.MID));
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
        assertEquals(Set.of(MediaKind.AUDIO), result.unserved());
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
