package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.notecast.magics.output.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagicsWithoutServerTest {
    private final RecordingDisplay display = new RecordingDisplay();
    private final Magics magics = new Magics(display);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sfu view live",
                "sfu streams",
                "sfu publish live --from test",
                "sfu stop live",
                "mjpeg show",
                "mjpeg snapshot",
                "mjpeg start",
                "mjpeg status",
                "mjpeg stop"
            })
    void saysHowToStartOne(String line) {
        List<String> words = List.of(line.split(" "));
        MagicException problem =
                assertThrows(MagicException.class, () -> magics.run(words.getFirst(), words.subList(1, words.size())));
        assertEquals("no server runs yet: start one with '%sfu start'", problem.getMessage());
    }

    @Test
    void statusAndStopAreNoMistake() {
        magics.run("sfu", List.of("status"));
        magics.run("sfu", List.of("stop"));
        assertEquals(
                List.of(
                        new Output.TextLine("No server runs: start one with '%sfu start'."),
                        new Output.TextLine("No server runs.")),
                display.shown);
    }
}
