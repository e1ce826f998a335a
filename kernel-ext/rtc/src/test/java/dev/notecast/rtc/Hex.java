package dev.notecast.rtc.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes as tests type them: hex digits, spaces ignored. */
final class Hex {
    private Hex() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static void assertBytes(String expectedHex, byte[] actual) {
        String expected = expectedHex.replace(" ", "").toLowerCase(Locale.ROOT);
        assertEquals(expected, HexFormat.of().formatHex(actual));
    }

    static void assertBytes(String expectedHex, byte[] actual, int length) {
        assertBytes(expectedHex, Arrays.copyOf(actual, Math.max(length, 0)));
    }
}
