package dev.notecast.rtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264ProfileTest {
    @ParameterizedTest
    @CsvSource({
        "42e01f, CONSTRAINED_BASELINE",
        "42C02A, CONSTRAINED_BASELINE",
        "42f00b, CONSTRAINED_BASELINE",
        "4d801f, CONSTRAINED_BASELINE",
        "58c01f, CONSTRAINED_BASELINE",
        "422000c, CONSTRAINED_BASELINE",
        "42001f, BASELINE",
        "42a01f, BASELINE",
        "58801f, BASELINE",
        "4d001f, MAIN",
        "4d4028, MAIN",
        "640c1f, CONSTRAINED_HIGH",
        "640032, HIGH",
    })
    void readsTheProfileFromTheId(String id, H264Profile profile) {
        assertEquals(Optional.of(profile), H264Profile.ofId(id));
    }

    @ParameterizedTest
    @CsvSource({"f4001f", "58001f", "6e001f", "42e0", "42e01f0", "422000x", "xxxxxx", "-2e01f", "+2e01f"})
    void knowsNoOtherProfiles(String id) {
        assertEquals(Optional.empty(), H264Profile.ofId(id));
    }

    @Test
    void isBaselineWhenNothingIsSaid() {
        assertEquals(Optional.of(H264Profile.BASELINE), H264Profile.of(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "CONSTRAINED_BASELINE, CONSTRAINED_BASELINE, true",
        "CONSTRAINED_BASELINE, BASELINE, false",
        "BASELINE, CONSTRAINED_BASELINE, true",
        "BASELINE, MAIN, false",
        "MAIN, CONSTRAINED_BASELINE, true",
        "MAIN, BASELINE, false",
        "MAIN, HIGH, false",
        "HIGH, MAIN, true",
        "HIGH, CONSTRAINED_HIGH, true",
        "HIGH, BASELINE, false",
        "CONSTRAINED_HIGH, CONSTRAINED_BASELINE, true",
        "CONSTRAINED_HIGH, HIGH, false",
    })
    void decodesTheProfilesItContains(H264Profile decoder, H264Profile stream, boolean decodes) {
        assertEquals(decodes, decoder.decodes(stream));
    }
}
