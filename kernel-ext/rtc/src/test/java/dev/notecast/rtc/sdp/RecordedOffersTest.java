package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
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

/** Offers that browsers have made, as they made them; the same files are seeds of the fuzz test. */
class RecordedOffersTest {
    private static final List<CodecParameters> TRACKS =
            List.of(new CodecParameters(Codec.OPUS, Map.of()), new CodecParameters(Codec.VP8, Map.of()));

    private static SessionDescription recorded(String name) throws IOException {
        try (InputStream file =
                RecordedOffersTest.class.getResourceAsStream("SessionDescriptionTestInputs/survivesAnything/" + name)) {
            assertNotNull(file, "no recorded offer " + name);
            return OfferTexts.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Payload types by kind, in the order of the m-lines. */
    private static String payloads(NegotiationResult result) {
        return assertInstanceOf(Negotiated.class, result).media().stream()
                .map(media -> media.kind().sdpName() + " "
                        + media.payloads().get(0).parameters().codec().sdpName() + " "
                        + media.payloads().get(0).payloadType())
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource({
        "chromium-156-sends, audio opus 111; video VP8 96",
        "chromium-156-sends-and-receives, video VP8 96; audio opus 111",
        "chromium-156-simulcast, video VP8 96",
        "firefox-153-sends-and-receives, video VP8 120; audio opus 109",
    })
    void publishers(String name, String payloads) throws IOException {
        assertEquals(payloads, payloads(PublishAnswer.to(recorded(name), OfferTexts.local())));
    }

    @ParameterizedTest
    @CsvSource({
        "chromium-156-receives, audio opus 111; video VP8 96",
        "chromium-156-with-data-channel, audio opus 111; video VP8 96",
        "chromium-156-sends-and-receives, video VP8 96; audio opus 111",
        "firefox-153-receives, audio opus 109; video VP8 120",
    })
    void readers(String name, String payloads) throws IOException {
        assertEquals(payloads, payloads(ReadAnswer.to(recorded(name), TRACKS, OfferTexts.local(), new Random(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium-156-receives", "firefox-153-receives"})
    void readersArePromisedNoTransportWideNumbers(String name) throws IOException {
        SessionDescription offer = recorded(name);
        assertTrue(offer.toString().contains("transport-cc"));
        Negotiated result =
                assertInstanceOf(Negotiated.class, ReadAnswer.to(offer, TRACKS, OfferTexts.local(), new Random(1)));
        assertFalse(result.answer().contains("transport-cc"), result.answer());
        assertFalse(result.answer().contains(ExtensionUris.TRANSPORT_WIDE_CC), result.answer());
        assertTrue(result.answer().contains(ExtensionUris.MID), result.answer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chromium-156-sends", "firefox-153-sends-and-receives"})
    void publishersGetTransportWideFeedback(String name) throws IOException {
        Negotiated result = assertInstanceOf(Negotiated.class, PublishAnswer.to(recorded(name), OfferTexts.local()));
        assertTrue(result.answer().contains("transport-cc"), result.answer());
        assertTrue(result.answer().contains(ExtensionUris.TRANSPORT_WIDE_CC), result.answer());
    }

    @ParameterizedTest
    @CsvSource({"42e01f, 108", "42001f, 102", "4d001f, 116", "640c1f, 102"})
    void chromiumPlaysH264OfAnyProfile(String profileLevelId, int payloadType) throws IOException {
        CodecParameters track =
                new CodecParameters(Codec.H264, Map.of("profile-level-id", profileLevelId, "packetization-mode", "1"));
        NegotiationResult result =
                ReadAnswer.to(recorded("chromium-156-receives"), List.of(track), OfferTexts.local(), new Random(1));
        assertEquals("video H264 " + payloadType, payloads(result));
    }
}
