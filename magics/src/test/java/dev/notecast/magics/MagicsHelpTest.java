package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.output.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagicsHelpTest {
    private final RecordingDisplay display = new RecordingDisplay();

    private String helpOf(String line) {
        List<String> words = List.of(line.split(" "));
        new Magics(display).run(words.getFirst(), words.subList(1, words.size()));
        return assertInstanceOf(Output.Preformatted.class, display.shown.getFirst())
                .text();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sfu",
                "sfu --help",
                "mjpeg",
                "notecast --help",
                "sfu start --help",
                "sfu status -h",
                "sfu streams --help",
                "sfu publish --help",
                "sfu view --help",
                "sfu stop --help",
                "sfu kick --help",
                "sfu conformance --help",
                "mjpeg show --help",
                "mjpeg snapshot --help",
                "mjpeg start --help",
                "mjpeg status --help",
                "mjpeg stop --help",
                "pipeline",
                "pipeline start --help",
                "pipeline stats --help",
                "tunnel",
                "tunnel start --help",
                "tunnel status --help",
                "tunnel stop --help",
                "doctor --help",
                "doctor fix --help"
            })
    void everyCommandHasHelp(String line) {
        assertTrue(helpOf(line).startsWith("Usage: %" + line.split(" ")[0]), "help of " + line);
    }

    @Test
    void helpOfStartNamesEveryOption() {
        String help = helpOf("sfu start --help");
        for (String option : List.of(
                "--port",
                "--host",
                "--udp-port",
                "--tcp-port",
                "--rtsp-port",
                "--hls-port",
                "--public-ip",
                "--token",
                "--tls",
                "--config",
                "--default-path",
                "--allow-host",
                "--takeover",
                "--max-sessions",
                "--max-readers",
                "--ooblex")) {
            assertTrue(help.contains(option), option + " is missing in:\n" + help);
        }
    }
}
