package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.ice.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishAnswerTest {
    private static NegotiationResult answerTo(String offer) {
        return PublishAnswer.to(OfferTexts.parse(offer), OfferTexts.local());
    }

    private static Negotiated negotiated(String offer) {
        return assertInstanceOf(Negotiated.class, answerTo(offer));
    }

    private static Refused refused(String offer) {
        return assertInstanceOf(Refused.class, answerTo(offer));
    }

    @Test
    void takesOneAudioAndOneVideoTrackFromChromium() {
        Negotiated result = negotiated(OfferTexts.chromiumSend());
        assertEquals(DtlsRole.SERVER, result.localRole());
        assertEquals("Yf8o", result.remoteIce().ufrag());
        assertEquals(3, result.remoteCandidates().size());

        NegotiatedMedia audio = result.media().get(0);
        assertEquals(MediaKind.AUDIO, audio.kind());
        assertEquals(0, audio.trackIndex());
        assertEquals(
                List.of(new PayloadMapping(
                        111,
                        new CodecParameters(Codec.OPUS, Map.of("minptime", "10", "useinbandfec", "1")),
                        false,
                        false,
                        false,
                        true,
                        false,
                        PayloadMapping.NONE,
                        63)),
                audio.payloads());
        assertEquals(
                Map.of(1, ExtensionUris.AUDIO_LEVEL, 3, ExtensionUris.TRANSPORT_WIDE_CC, 4, ExtensionUris.MID),
                audio.extensions());
        assertEquals(List.of(1001), audio.ssrcs());

        NegotiatedMedia video = result.media().get(1);
        assertEquals("1", video.mid());
        assertEquals(1, video.trackIndex());
        assertEquals(
                List.of(new PayloadMapping(
                        96,
                        new CodecParameters(Codec.VP8, Map.of()),
                        true,
                        true,
                        true,
                        true,
                        false,
                        97,
                        PayloadMapping.NONE)),
                video.payloads());
        assertEquals(
                Map.of(3, ExtensionUris.TRANSPORT_WIDE_CC, 4, ExtensionUris.MID, 13, ExtensionUris.VIDEO_ORIENTATION),
                video.extensions());
        assertEquals(List.of(2002), video.ssrcs(), "the SSRC of retransmissions is not one of media");
        assertEquals(Map.of(2003, 2002), video.rtxSsrcs());
    }

    @Test
    void answerHasWhatChromiumInsistsOn() {
        String sdp = negotiated(OfferTexts.chromiumSend()).answer();
        assertTrue(sdp.length() < 8192, "answer has " + sdp.length() + " characters");
        SessionDescription answer = OfferTexts.parse(sdp);
        assertEquals("BUNDLE 0 1", answer.attributes().first("group").orElseThrow());
        assertTrue(answer.attributes().has("extmap-allow-mixed"));
        for (MediaDescription media : answer.media()) {
            assertEquals(9, media.port());
            assertEquals(2, media.formats().size(), "a codec with its retransmissions or redundancy");
            for (String flag : List.of("rtcp-mux", "rtcp-rsize", "recvonly", "mid")) {
                assertTrue(media.attributes().has(flag), "m=" + media.type() + " lacks a=" + flag);
            }
            assertEquals("passive", media.attributes().first("setup").orElseThrow());
            assertEquals("ours", media.attributes().first("ice-ufrag").orElseThrow());
            assertFalse(media.attributes().has("ssrc"));
        }
        Attributes first = answer.media().get(0).attributes();
        assertEquals(2, first.all("candidate").count());
        assertTrue(first.has("end-of-candidates"));
        Attributes video = answer.media().get(1).attributes();
        assertFalse(video.has("candidate"));
        assertEquals("96 x-google-start-bitrate=1200", video.first("fmtp").orElseThrow());
        assertEquals(
                List.of("96 ccm fir", "96 goog-remb", "96 nack", "96 nack pli", "96 transport-cc"),
                video.all("rtcp-fb").toList());
    }

    @Test
    void takesFirefoxWithItsUpperCaseFingerprintForTheSession() {
        Negotiated result = negotiated(OfferTexts.firefox());
        assertEquals("sha-256", result.remoteFingerprint().algorithm());
        assertEquals(120, result.media().get(1).payloads().get(0).payloadType());
        assertFalse(result.answer().contains("max-fs"), "limits of the peer are not ours");
        assertEquals(
                "1", result.media().get(0).payloads().get(0).parameters().fmtp().get("stereo"));
        assertEquals(
                2,
                OfferTexts.parse(result.answer()).media().stream()
                        .filter(media -> media.attributes().has("recvonly"))
                        .count());
    }

    @Test
    void takesObsWithItsTransportForTheSession() {
        Negotiated result = negotiated(OfferTexts.obs());
        assertEquals("fX2a", result.remoteIce().ufrag());
        assertEquals(1, result.remoteCandidates().size());
        PayloadMapping video = result.media().get(1).payloads().get(0);
        assertEquals(Codec.H264, video.parameters().codec());
        assertEquals("42e01f", video.parameters().fmtp().get("profile-level-id"));
        assertTrue(video.nack() && video.pli());
        assertFalse(video.fir() || video.transportCc());
        assertFalse(result.answer().contains("x-google"));
    }

    @Test
    void isTheDtlsClientOfAPassiveOfferer() {
        Negotiated result = negotiated(OfferTexts.ffmpeg());
        assertEquals(DtlsRole.CLIENT, result.localRole());
        assertEquals(List.of(), result.remoteCandidates());
        assertEquals(
                List.of("active", "active"),
                OfferTexts.parse(result.answer()).media().stream()
                        .map(media -> media.attributes().first("setup").orElseThrow())
                        .toList());
        assertEquals(List.of(3001), result.media().get(1).ssrcs());
    }

    @Test
    void leavesItToThePublisherWhetherSoundComesWithRedundancy() {
        String offer = OfferTexts.chromiumSend();
        MediaDescription audio =
                OfferTexts.parse(negotiated(offer).answer()).media().get(0);
        assertEquals(List.of("111", "63"), audio.formats());
        assertTrue(audio.attributes().all("fmtp").anyMatch("63 111/111"::equals));
        String preferred = offer.replace("SAVPF 111 63", "SAVPF 63 111");
        assertEquals(
                List.of("63", "111"),
                OfferTexts.parse(negotiated(preferred).answer()).media().get(0).formats());
        assertEquals(111, negotiated(preferred).media().get(0).payloads().get(0).payloadType());
    }

    @Test
    void ignoresRetransmissionAndRedundancyOfWhatIsNotTaken() {
        String offer = OfferTexts.chromiumSend()
                .replace("a=fmtp:63 111/111", "a=fmtp:63 111/0")
                .replace("apt=96", "apt=98");
        Negotiated result = negotiated(offer);
        assertEquals(
                PayloadMapping.NONE, result.media().get(0).payloads().get(0).redPayloadType());
        assertEquals(
                PayloadMapping.NONE, result.media().get(1).payloads().get(0).rtxPayloadType());
    }

    @Test
    void isTheDtlsServerOfAnActiveOfferer() {
        Negotiated result = negotiated(OfferTexts.obs().replace("actpass", "active"));
        assertEquals(DtlsRole.SERVER, result.localRole());
    }

    @Test
    void takesASingleLineWithoutMidOrGroup() {
        Negotiated result = negotiated(OfferTexts.single("97", "a=rtpmap:97 vp8/90000\n"));
        assertEquals("", result.media().get(0).mid());
        assertFalse(result.answer().contains("BUNDLE"));
    }

    @Test
    void prefersH264WithFragmentation() {
        String offer = OfferTexts.single(
                "100 101 96",
                "a=rtpmap:100 H264/90000\na=fmtp:100 profile-level-id=42e01f\n"
                        + "a=rtpmap:101 H264/90000\na=fmtp:101 profile-level-id=42e01f;packetization-mode=1\n"
                        + "a=rtpmap:96 VP8/90000\n");
        PayloadMapping payload = negotiated(offer).media().get(0).payloads().get(0);
        assertEquals(101, payload.payloadType());
    }

    @Test
    void rejectsDataChannelsInTheirPlace() {
        String offer = OfferTexts.chromiumSend().replace("BUNDLE 0 1", "BUNDLE 2 0 1");
        int firstMedia = offer.indexOf("m=audio");
        offer = offer.substring(0, firstMedia)
                + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=mid:2\na=sctp-port:5000\n"
                + offer.substring(firstMedia);
        SessionDescription answer = OfferTexts.parse(negotiated(offer).answer());
        assertEquals(0, answer.media().get(0).port());
        assertEquals(List.of("webrtc-datachannel"), answer.media().get(0).formats());
        assertEquals("BUNDLE 0 1", answer.attributes().first("group").orElseThrow());
        assertTrue(answer.media().get(1).attributes().has("candidate"), "candidates are in the first accepted m-line");
    }

    /** Chromium's camera and microphone with more cameras. */
    private static String withVideos(int videos) {
        String offer = OfferTexts.chromiumSend();
        String video = offer.substring(offer.indexOf("m=video"));
        StringBuilder all = new StringBuilder(offer.replace("BUNDLE 0 1", "BUNDLE 0 1" + mids(2, videos)));
        for (int mid = 2; mid <= videos; mid++) {
            all.append(video.replace("a=mid:1", "a=mid:" + mid).replace(":200", ":" + mid + "00"));
        }
        return all.toString();
    }

    private static String mids(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(mid -> " " + mid).collect(Collectors.joining());
    }

    @Test
    void takesEveryLineThatSends() {
        Negotiated result = negotiated(withVideos(3));
        assertEquals(
                List.of("0", "1", "2", "3"),
                result.media().stream().map(NegotiatedMedia::mid).toList());
        assertEquals(
                List.of(0, 1, 2, 3),
                result.media().stream().map(NegotiatedMedia::trackIndex).toList());
        SessionDescription answer = OfferTexts.parse(result.answer());
        assertEquals("BUNDLE 0 1 2 3", answer.attributes().first("group").orElseThrow());
        assertTrue(answer.media().stream()
                .allMatch(media ->
                        media.attributes().has("recvonly") && media.attributes().has("ice-ufrag")));
    }

    @Test
    void eightLinesSayTheTransportSinceFirefoxCrashesOtherwise() {
        Negotiated result = assertInstanceOf(
                Negotiated.class, PublishAnswer.to(OfferTexts.parse(withVideos(7)), OfferTexts.local()));
        assertEquals(8, result.media().size());
        assertTrue(OfferTexts.parse(result.answer()).media().stream()
                .allMatch(media -> media.attributes().has("ice-ufrag")));
    }

    @Test
    void answersTwelveTracksAndRefusesMore() {
        List<Candidate> candidates = IntStream.range(0, 40)
                .mapToObj(each -> OfferTexts.candidate("2001:db8:1111:2222:3333:4444:5555:66" + (10 + each)))
                .toList();
        LocalTransport local = new LocalTransport(OfferTexts.local().ice(), OfferTexts.OUR_FINGERPRINT, candidates);
        Negotiated result =
                assertInstanceOf(Negotiated.class, PublishAnswer.to(OfferTexts.parse(withVideos(11)), local));
        assertEquals(12, result.media().size());
        assertEquals(Set.of(), result.unserved(), "nobody wants to receive");
        List<MediaDescription> answered = OfferTexts.parse(result.answer()).media();
        assertTrue(answered.get(0).attributes().has("ice-ufrag"));
        assertFalse(answered.get(1).attributes().has("ice-ufrag"), "said once when there are many");
        assertTrue(
                result.answer().length() < 8192, "answer has " + result.answer().length() + " characters");
        assertEquals(Refused.badSdp("publisher offers more than 12 tracks"), refused(withVideos(12)));
    }

    @Test
    void refusesLinesWhosePacketsLookAlike() {
        String unmarked = withVideos(2).replaceAll("(?m)^a=(ssrc|extmap:4 ).*\n", "");
        assertEquals(
                Refused.badSdp("packets of two m=video could not be told apart: they share payload type 96"
                        + " and have neither a=extmap for the mid nor a=ssrc"),
                refused(unmarked));
        String onlySsrcs = withVideos(2).replaceAll("(?m)^a=extmap:4 .*\n", "");
        assertEquals(3, negotiated(onlySsrcs).media().size());
        String onlyMids = withVideos(2).replaceAll("(?m)^a=ssrc.*\n", "");
        assertEquals(3, negotiated(onlyMids).media().size());
    }

    @Test
    void refusesAPublisherWhoseSoundItCannotTake() {
        String noSound =
                OfferTexts.chromiumSend().replace("111 63 9 0 8 ", "111 63 ").replace("opus/48000", "speex/8000");
        assertEquals(
                Refused.noCommonCodec("publisher offers no audio codec that is spoken here: speex"), refused(noSound));
    }

    @Test
    void saysMuxOnlyWhereThePublisherDoes() {
        String offer = OfferTexts.chromiumSend();
        assertFalse(negotiated(offer).answer().contains("rtcp-mux-only"));
        String only = offer.replace("a=rtcp-mux\n", "a=rtcp-mux\na=rtcp-mux-only\n");
        assertTrue(OfferTexts.parse(negotiated(only).answer()).media().stream()
                .allMatch(media -> media.attributes().has("rtcp-mux-only")));
    }

    private static List<MediaKind> kinds(Negotiated result) {
        return result.media().stream().map(NegotiatedMedia::kind).toList();
    }

    @Test
    void refusesSoundWhosePictureItCannotTake() {
        Refused refused = refused(OfferTexts.chromiumSend().replaceAll("(VP8|VP9|H264|AV1)/90000", "H261/90000"));
        assertEquals(Refused.noCommonCodec("publisher offers no video codec that is spoken here: H261"), refused);
    }

    @Test
    void readsTheTransportWhereOnlyTheBundlesFirstLineHasIt() {
        String offer = OfferTexts.chromiumSend();
        int video = offer.indexOf("m=video");
        String bundleOnly = offer.substring(video)
                .replace("m=video 9", "m=video 0")
                .replaceAll("(?m)^a=(ice-.*|fingerprint.*|setup.*|rtcp-mux|rtcp-rsize|candidate.*)\n", "");
        Negotiated result = negotiated(offer.substring(0, video) + bundleOnly + "a=bundle-only\n");
        assertEquals(List.of(MediaKind.AUDIO, MediaKind.VIDEO), kinds(result));
        assertEquals("Yf8o", result.remoteIce().ufrag());
        String inactive = offer.substring(0, video).replace("a=sendonly", "a=inactive");
        result = negotiated(inactive + bundleOnly + "a=bundle-only\n");
        assertEquals(List.of(MediaKind.VIDEO), kinds(result));
        assertEquals("Yf8o", result.remoteIce().ufrag());
        String dataFirst = inactive.replaceFirst("m=audio 9 .*", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
        result = negotiated(dataFirst + bundleOnly + "a=bundle-only\n");
        assertEquals(List.of(MediaKind.VIDEO), kinds(result));
        assertEquals(
                "BUNDLE 1",
                OfferTexts.parse(result.answer()).attributes().first("group").orElseThrow());
    }

    @Test
    void theBundlesOrderIsTheOffers() {
        SessionDescription answer =
                OfferTexts.parse(negotiated(OfferTexts.chromiumSend().replace("BUNDLE 0 1", "BUNDLE 1 0"))
                        .answer());
        assertEquals("BUNDLE 1 0", answer.attributes().first("group").orElseThrow());
        assertFalse(answer.media().get(0).attributes().has("candidate"));
        assertTrue(answer.media().get(1).attributes().has("candidate"));
    }

    @Test
    void tellsWhenThePeerIsLite() {
        assertFalse(negotiated(OfferTexts.obs()).remoteIsLite());
        assertTrue(negotiated(OfferTexts.obs().replace("t=0 0", "t=0 0\na=ice-lite"))
                .remoteIsLite());
    }

    @Test
    void keepsInactiveLinesInactive() {
        String offer = OfferTexts.chromiumSend().replaceFirst("a=sendonly", "a=inactive");
        Negotiated result = negotiated(offer);
        assertEquals(
                List.of(MediaKind.VIDEO),
                result.media().stream().map(NegotiatedMedia::kind).toList());
        assertEquals(0, result.media().get(0).trackIndex());
        assertTrue(OfferTexts.parse(result.answer()).media().get(0).attributes().has("inactive"));
    }

    @ParameterizedTest
    @CsvSource({
        "a=ice-ufrag:Yf8o, SDP has no a=ice-ufrag",
        "a=ice-pwd:u2fE5mBq8HqQ0r2xj1p9Zw3T, SDP has no a=ice-pwd",
        "a=fingerprint:" + "sha-256, SDP has no a=fingerprint",
        "a=rtcp-mux, m=audio has no a=rtcp-mux",
        "a=group:BUNDLE 0 1, several m-lines without a=group:BUNDLE",
    })
    void saysWhatAnOfferLacks(String line, String reason) {
        String offer = OfferTexts.chromiumSend().replaceAll("(?m)^" + line + ".*\n", "");
        assertEquals(Refused.badSdp(reason), refused(offer));
    }

    @Test
    void refusesSha1Alone() {
        String sha1 = "sha-1 " + "AB:".repeat(19) + "CD";
        Refused refused = refused(OfferTexts.obs().replace(OfferTexts.SHA_256, sha1));
        assertEquals("SDP has no well-formed a=fingerprint with sha-256, sha-384 or sha-512", refused.reason());
        String both = OfferTexts.obs().replace("a=fingerprint", "a=fingerprint:" + sha1 + "\na=fingerprint");
        assertEquals("sha-256", negotiated(both).remoteFingerprint().algorithm());
    }

    @Test
    void takesLongerHashes() {
        for (String hash : List.of("sha-384 " + "0A:".repeat(47) + "FF", "sha-512 " + "0A:".repeat(63) + "FF")) {
            Negotiated result = negotiated(OfferTexts.obs().replace(OfferTexts.SHA_256, hash));
            assertEquals(hash, result.remoteFingerprint().toString());
        }
    }

    @Test
    void saysWhichCodecsWereOffered() {
        Refused refused = refused(OfferTexts.single("98 45", "a=rtpmap:98 theora/90000\na=rtpmap:45 jpeg2000/90000\n"));
        assertEquals(Refused.Kind.NO_COMMON_CODEC, refused.kind());
        assertEquals("publisher offers no video codec that is spoken here: jpeg2000, theora", refused.reason());
    }

    @Test
    void refusesAnOfferThatSendsNothing() {
        assertEquals(Refused.Kind.BAD_SDP, refused(OfferTexts.chromiumReceive()).kind());
    }

    @Test
    void signalsNoTransportFeedbackWithoutItsSequenceNumbers() {
        String offer = OfferTexts.chromiumSend().replaceAll("(?m)^a=extmap:3 .*\n", "");
        Negotiated result = negotiated(offer);
        assertFalse(result.media().get(1).payloads().get(0).transportCc());
        assertFalse(result.answer().contains("transport-cc"));
    }
}
