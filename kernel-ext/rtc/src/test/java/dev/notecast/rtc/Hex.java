package dev.notecast.rtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes as tests type them: hex digits, spaces ignored. */
public final class Hex {
    private Hex() {}

    public static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    public static void assertBytes(String expectedHex, byte[] actual) {
        String expected = expectedHex.replace(" ", "").toLowerCase(Locale.ROOT);
        assertEquals(expected, HexFormat.of().formatHex(actual));
    }

    public static void assertBytes(String expectedHex, byte[] actual, int length) {
        assertBytes(expectedHex, Arrays.copyOf(actual, Math.max(length, 0)));
    }
}
