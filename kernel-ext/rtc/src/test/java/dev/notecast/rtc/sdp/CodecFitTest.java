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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecFitTest {
    /** A reader that offers one codec twice, as 96 and 97; the payload type it gets, or what it is told. */
    private static String choice(Codec codec, String track, String first, String second) {
        String rtpmap = codec.sdpName() + "/90000";
        String offer = OfferTexts.single(
                "96 97",
                "a=rtpmap:96 %1$s\na=rtpmap:97 %1$s\na=fmtp:96 %2$s\na=fmtp:97 %3$s\n"
                        .formatted(rtpmap, first, second));
        NegotiationResult result = ReadAnswer.to(
                OfferTexts.parse(offer),
                List.of(new CodecParameters(codec, parameters(track))),
                OfferTexts.local(),
                new Random(1));
        return switch (result) {
            case Negotiated negotiated ->
                "" + negotiated.media().get(0).payloads().get(0).payloadType();
            case Refused refused -> refused.kind().toString();
        };
    }

    private static Map<String, String> parameters(String fmtp) {
        return OfferTexts.parse(OfferTexts.single("96", "a=fmtp:96 " + fmtp))
                .media()
                .get(0)
                .attributes()
                .list()
                .stream()
                .filter(line -> line.name().equals("fmtp"))
                .flatMap(line -> List.of(line.value().substring(3).split(";")).stream())
                .filter(parameter -> parameter.contains("="))
                .collect(Collectors.toMap(parameter -> parameter.split("=")[0], parameter -> parameter
                        .split("=")[1]));
    }

    @ParameterizedTest
    @CsvSource({
        "VP9, profile-id=2, profile-id=0, profile-id=2, 97",
        "VP9, x, profile-id=2, x, 97", // profile 0 when not said
        "VP9, profile-id=0, profile-id=2, profile-id=1, NO_COMMON_CODEC",
        "AV1, profile=0;level-idx=5;tier=0, profile=1, level-idx=5;profile=0;tier=0, 97",
        "AV1, profile=0, profile=1, profile=2, 96", // decoders of more decode less
        "AV1, profile=1, profile=0, x, NO_COMMON_CODEC",
        "AV1, level-idx=9, level-idx=5, level-idx=12, 97",
        "AV1, level-idx=9, level-idx=5, level-idx=6, 96", // levels alone refuse nobody
        "H265, profile-id=1;level-id=93, profile-id=2, profile-id=1;tier-flag=0;level-id=120, 97",
        "H265, profile-id=1, profile-id=3, profile-id=2, 97",
        "H265, profile-id=2, profile-id=1, x, NO_COMMON_CODEC",
        "H265, profile-id=1, tx-mode=MRST, tx-mode=srst, 97",
        "H265, profile-id=1, sprop-max-don-diff=2, profile-space=1, NO_COMMON_CODEC",
    })
    void aReaderGetsTheFormatThatFitsTheTrack(Codec codec, String track, String first, String second, String choice) {
        assertEquals(choice, choice(codec, track, first, second));
    }

    @Test
    void oldCodecsNeedNoRtpmap() {
        String offer = OfferTexts.single("0 8 9 13", "").replace("m=video", "m=audio");
        Negotiated published =
                assertInstanceOf(Negotiated.class, PublishAnswer.to(OfferTexts.parse(offer), OfferTexts.local()));
        assertEquals(
                Codec.PCMU,
                published.media().get(0).payloads().get(0).parameters().codec());
        assertTrue(published.answer().contains("a=rtpmap:0 PCMU/8000\r\n"));
        for (Codec codec : List.of(Codec.PCMU, Codec.PCMA, Codec.G722)) {
            List<CodecParameters> track = List.of(new CodecParameters(codec, Map.of()));
            Negotiated read = assertInstanceOf(
                    Negotiated.class, ReadAnswer.to(OfferTexts.parse(offer), track, OfferTexts.local(), new Random(1)));
            assertEquals(
                    codec.staticPayloadType(),
                    read.media().get(0).payloads().get(0).payloadType());
        }
        String renamed = OfferTexts.single("0", "a=rtpmap:0 L16/44100/2\n").replace("m=video", "m=audio");
        assertInstanceOf(Refused.class, PublishAnswer.to(OfferTexts.parse(renamed), OfferTexts.local()));
    }

    @ParameterizedTest
    @CsvSource({"stereo=1, 1", "stereo=0, 0", "useinbandfec=1, 0"})
    void readersAreToldWhetherTheSoundIsStereo(String track, int stereo) {
        NegotiationResult result = ReadAnswer.to(
                OfferTexts.parse(OfferTexts.firefox()),
                List.of(new CodecParameters(Codec.OPUS, parameters(track))),
                OfferTexts.local(),
                new Random(1));
        String fmtp = OfferTexts.parse(
                        assertInstanceOf(Negotiated.class, result).answer())
                .media()
                .get(0)
                .attributes()
                .first("fmtp")
                .orElseThrow();
        assertEquals(stereo == 1 ? "109 sprop-stereo=1;stereo=1;useinbandfec=1" : "109 useinbandfec=1", fmtp);
    }

    @Test
    void aPublishersParameterSetsAreKeptAndNotAnswered() {
        String fmtp = "packetization-mode=1;profile-level-id=42e01f;sprop-parameter-sets=Z0LgHw==,aM48gA==";
        String offer = OfferTexts.single("96", "a=rtpmap:96 H264/90000\na=fmtp:96 " + fmtp + "\n");
        Negotiated result =
                assertInstanceOf(Negotiated.class, PublishAnswer.to(OfferTexts.parse(offer), OfferTexts.local()));
        assertEquals(
                "Z0LgHw==,aM48gA==",
                result.media().get(0).payloads().get(0).parameters().fmtp().get("sprop-parameter-sets"));
        assertFalse(result.answer().contains("sprop"), result.answer());
    }

    @Test
    void aPublishersStereoStays() {
        Negotiated result = assertInstanceOf(
                Negotiated.class, PublishAnswer.to(OfferTexts.parse(OfferTexts.obs()), OfferTexts.local()));
        assertEquals(
                Map.of("minptime", "10", "maxaveragebitrate", "96000", "stereo", "1", "useinbandfec", "1"),
                result.media().get(0).payloads().get(0).parameters().fmtp());
    }
}
