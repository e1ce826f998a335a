package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.io.ParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Offers of real peers, answered both ways. The first line of each file says which peer and how it was made to offer. */
class CapturedOffersTest {
    private static final CodecParameters OPUS = new CodecParameters(Codec.OPUS, Map.of("stereo", "1"));
    private static final CodecParameters VP8 = new CodecParameters(Codec.VP8, Map.of());
    private static final CodecParameters H264 =
            new CodecParameters(Codec.H264, Map.of("profile-level-id", "42e01f", "packetization-mode", "1"));

    private static String text(String name) throws IOException {
        try (InputStream file = CapturedOffersTest.class.getResourceAsStream("offers/" + name + ".sdp")) {
            assertNotNull(file, "no offer " + name);
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf('\n') + 1).replace("\n", "\r\n"); // after the line about the file
        }
    }

    /** {@code mid codec payload-type/rtx} of each track, or the kind of refusal. */
    private static String outcome(SessionDescription offer, NegotiationResult result) {
        return switch (result) {
            case Refused refused -> refused.kind().toString();
            case Negotiated negotiated -> {
                AnswerRules.check(offer, negotiated.answer());
                yield negotiated.media().stream()
                        .map(CapturedOffersTest::outcome)
                        .collect(Collectors.joining(" "));
            }
        };
    }

    private static String outcome(NegotiatedMedia media) {
        PayloadMapping payload = media.payloads().get(0);
        String other = payload.rtxPayloadType() >= 0 ? "/" + payload.rtxPayloadType() : "";
        String red = payload.redPayloadType() >= 0 ? "+" + payload.redPayloadType() : "";
        return payload.parameters().codec() + ":" + payload.payloadType() + other + red;
    }

    @ParameterizedTest
    @CsvSource({
        "aiortc-receives, BAD_SDP, OPUS:96 VP8:97/98, OPUS:96 H264:101/102",
        "aiortc-sends, OPUS:96 VP8:97/98, BAD_SDP, BAD_SDP",
        "chromium-receives-permitted, BAD_SDP, OPUS:111+63 VP8:96/97, OPUS:111+63 H264:108/109",
        "chromium-receives-three-videos, BAD_SDP, OPUS:111+63 VP8:96/97, OPUS:111+63 H264:108/109",
        "chromium-receives-video-only, BAD_SDP, VP8:96/97, H264:108/109",
        "chromium-receives, BAD_SDP, OPUS:111+63 VP8:96/97, OPUS:111+63 H264:108/109",
        "chromium-screen-and-camera, OPUS:111+63 VP8:96/97 VP8:96/97, BAD_SDP, BAD_SDP",
        "chromium-sends, OPUS:111+63 VP8:96/97, BAD_SDP, BAD_SDP",
        "chromium-simulcast, OPUS:111+63 VP8:96/97, BAD_SDP, BAD_SDP",
        "chromium-three-videos, OPUS:111+63 VP8:96/97 VP8:96/97 VP8:96/97, BAD_SDP, BAD_SDP",
        "ffmpeg-whip, OPUS:111 H264:106, BAD_SDP, BAD_SDP",
        "firefox-receives, BAD_SDP, OPUS:109 VP8:120/124, NO_COMMON_CODEC",
        "firefox-sends, OPUS:109 VP8:120/124, BAD_SDP, BAD_SDP",
        "firefox-simulcast, VP8:120/124, BAD_SDP, BAD_SDP",
        "gstreamer-receives, BAD_SDP, OPUS:97 VP8:96, NO_COMMON_CODEC",
        "gstreamer-sends, OPUS:97 VP8:96, BAD_SDP, BAD_SDP",
        "libwebrtc-receives, BAD_SDP, OPUS:111+63 VP8:96/97, OPUS:111+63 H264:109/114",
        "libwebrtc-sends, OPUS:111+63 VP8:96/97, BAD_SDP, BAD_SDP",
        "obs-shape, OPUS:111 H264:96, BAD_SDP, BAD_SDP",
        "safari-shape-receives, BAD_SDP, OPUS:111+63 VP8:102/103, OPUS:111+63 H264:98/99",
        "safari-shape-sends, OPUS:111+63 H264:96/97, BAD_SDP, BAD_SDP",
    })
    void everyPeerIsAnsweredByTheRules(String name, String published, String readVp8, String readH264)
            throws IOException {
        SessionDescription offer = OfferTexts.parse(text(name));
        assertEquals(published, outcome(offer, PublishAnswer.to(offer, OfferTexts.local())));
        assertEquals(readVp8, outcome(offer, read(offer, VP8)));
        assertEquals(readH264, outcome(offer, read(offer, H264)));
    }

    private static NegotiationResult read(SessionDescription offer, CodecParameters video) {
        return ReadAnswer.to(offer, List.of(video, OPUS), OfferTexts.local(), new Random(1));
    }

    @ParameterizedTest
    @CsvSource({"aiortc-sends, true", "chromium-sends, false", "firefox-sends, false", "ffmpeg-whip, false"})
    void onlyWhoKnowsNothingBetterGoesByRemb(String name, boolean remb) throws IOException {
        Negotiated result = (Negotiated) PublishAnswer.to(OfferTexts.parse(text(name)), OfferTexts.local());
        PayloadMapping video = result.media().getLast().payloads().getFirst();
        assertEquals(remb, video.remb());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aiortc-receives",
                "aiortc-sends",
                "chromium-receives",
                "chromium-receives-permitted",
                "chromium-receives-three-videos",
                "chromium-receives-video-only",
                "chromium-screen-and-camera",
                "chromium-sends",
                "chromium-simulcast",
                "chromium-three-videos",
                "ffmpeg-whip",
                "firefox-receives",
                "firefox-sends",
                "firefox-simulcast",
                "gstreamer-receives",
                "gstreamer-sends",
                "libwebrtc-receives",
                "libwebrtc-sends",
                "obs-shape",
                "safari-shape-receives",
                "safari-shape-sends"
            })
    void survivesEveryTruncation(String name) throws IOException {
        String text = text(name);
        int step = text.length() > 7_000 ? 7 : 1; // the long ones only repeat their m-lines
        for (int length = 0; length < text.length(); length += step) {
            if (SessionDescription.parse(text.substring(0, length))
                    instanceof ParseResult.Ok<SessionDescription>(var offer)) {
                PublishAnswer.to(offer, OfferTexts.local());
                read(offer, H264);
            }
        }
    }
}
