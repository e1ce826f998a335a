package dev.notecast.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.io.ParseResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void readsEitherCaseAndWritesOne() {
        var parsed = assertInstanceOf(ParseResult.Ok.class, Fingerprint.parse(" SHA-256  ab:CD "));
        assertEquals("sha-256 AB:CD", parsed.value().toString());
    }

    @Test
    void whatIsNoneIsMalformed() {
        for (String text : List.of("", "sha-256", "sha-256 A", "sha-256 AB:C", "sha-256 ABCD", "sha-256 AB CD")) {
            assertInstanceOf(ParseResult.Malformed.class, Fingerprint.parse(text), text);
        }
    }

    @FuzzTest(maxDuration = "10s")
    void readsBack(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        if (Fingerprint.parse(text) instanceof ParseResult.Ok<Fingerprint>(Fingerprint fingerprint)) {
            assertEquals(ParseResult.ok(fingerprint), Fingerprint.parse(fingerprint.toString()));
        }
    }
}
