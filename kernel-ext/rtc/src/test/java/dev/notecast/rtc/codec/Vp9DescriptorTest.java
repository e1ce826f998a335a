package dev.notecast.rtc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.io.ParseResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vp9DescriptorTest {
    /** N_S 1 (two layers), Y and G, two sizes, two pictures with none and two references. */
    private static final String SIZES_AND_GROUP = " 38 01 40 00 b4 02 80 01 68 02 00 18 01 02";

    private static final String NON_FLEXIBLE = "ae 92 34 50 07" + SIZES_AND_GROUP;
    private static final String FLEXIBLE = "fc 12 26 03 05 06";

    private static ParseResult<Vp9Descriptor> parse(String hex) {
        byte[] data = Packets.bytes(hex);
        return Vp9Descriptor.parse(data, 0, data.length);
    }

    @Test
    void readsTheShortForm() {
        assertEquals(
                ParseResult.ok(new Vp9Descriptor(-1, false, false, true, false, -1, false, -1, false, -1, 0, 1)),
                parse("08 82"));
    }

    @Test
    void readsANonFlexibleOneWithLayersAndTheirStructure() {
        assertEquals(
                ParseResult.ok(new Vp9Descriptor(0x1234, false, false, true, true, 2, true, 0, false, 7, 2, 19)),
                parse(NON_FLEXIBLE));
    }

    @Test
    void readsAFlexibleOneWithReferences() {
        assertEquals(
                ParseResult.ok(new Vp9Descriptor(0x12, true, true, true, true, 1, false, 3, false, -1, 0, 6)),
                parse(FLEXIBLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {NON_FLEXIBLE, FLEXIBLE})
    void refusesEveryTruncation(String hex) {
        byte[] whole = Packets.bytes(hex);
        for (int length = 0; length < whole.length; length++) {
            assertInstanceOf(ParseResult.Malformed.class, Vp9Descriptor.parse(whole, 0, length), length + " bytes");
        }
    }

    @Test
    void refusesMoreReferencesThanThereAre() {
        assertInstanceOf(ParseResult.Malformed.class, parse("58 03 05 07 08"));
    }

    @FuzzTest(maxDuration = "10s")
    void survivesAnything(byte[] data) {
        if (Vp9Descriptor.parse(data, 0, data.length) instanceof ParseResult.Ok<Vp9Descriptor>(var descriptor)) {
            assertTrue(descriptor.length() >= 1 && descriptor.length() <= data.length);
            descriptor.beginsKeyframe(data, 0, data.length);
        }
    }
}
