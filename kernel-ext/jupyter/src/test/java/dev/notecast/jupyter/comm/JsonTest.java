package dev.notecast.jupyter.comm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void whatIsNoJsonHasNoFields() {
        String deep = "{\"method\":".repeat(1_000_000);
        for (String text : List.of("", "{", "nonsense", "[".repeat(1_000_000), deep, "1".repeat(100_000))) {
            assertTrue(Json.parse(text).path("method").isMissingNode());
        }
        assertEquals(
                "custom", Json.parse("{\"method\":\"custom\"}").path("method").asText());
    }
}
