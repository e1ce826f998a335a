package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The magics that are promised, by name: what is there, and what has to say that it is not there yet. */
class MagicsContractTest {
    private final RecordingDisplay display = new RecordingDisplay();
    private final Magics magics = new Magics(display);

    private void run(String line) {
        List<String> words = List.of(line.split(" "));
        magics.run(words.getFirst(), words.subList(1, words.size()));
    }

    @ParameterizedTest
    @CsvSource({
        "sfu start, --port --host --udp-port --tcp-port --rtsp-port --hls-port --public-ip --token --tls --config"
                + " --default-path --allow-host --ooblex",
        "sfu status, Usage",
        "sfu streams, Usage",
        "sfu stats, PATH",
        "sfu stop, Usage",
        "sfu publish, PATH --from test browser",
        "sfu view, PATH --via auto|webrtc|mjpeg|comm",
        "sfu kick, ID",
        "notecast, Usage",
        "mjpeg start, PATH --fps --quality --width",
        "mjpeg show, PATH",
        "mjpeg snapshot, PATH",
        "mjpeg stop, PATH",
        "pipeline start, NAME --in --out --filter",
        "pipeline set, NAME --filter",
        "pipeline stop, NAME",
        "pipeline list, Usage",
        "pipeline stats, NAME",
        "pipeline filters, Usage",
        "pipeline models, fetch",
        "pipeline models fetch, NAME --yes",
        "pipeline gpu, enable",
        "pipeline gpu enable, --yes",
        "ice list, Usage",
        "ice add, URI --user --password --secret --secret-env --password-file",
        "ice fetch, vdo-ninja|cloudflare|twilio|metered|xirsys|URL",
        "ice remove, URI|PROVIDER",
        "ice test, URI",
        "ice policy, all|relay",
        "doctor, fix --ask",
        "doctor fix, Usage",
    })
    void isThere(String magic, String named) {
        run(magic + " --help");
        String help = assertInstanceOf(Output.Preformatted.class, display.shown.getFirst())
                .text();
        for (String word : named.split(" ")) {
            assertTrue(help.contains(word), word + " is missing in:\n" + help);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sfu record live",
                "sfu forward live --to whip+https://a.example/live/whip",
                "sfu capture live --to live.pcap",
                "ice turn start",
                "filter cam cam-ai",
                "room",
                "broadcast",
                "robot",
                "session status"
            })
    void isNotThereYet(String line) {
        String problem = assertThrows(MagicException.class, () -> run(line)).getMessage();
        assertTrue(problem.contains("unknown command") || problem.contains("there is no magic"), problem);
    }

    @Test
    void sourcesThatAreNotThereYetAreRefusedByNameWithThoseThatAre() {
        ServerConfig config = ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0);
        try (Notecast server = Notecast.start(config)) {
            for (String source : List.of(
                    "camera",
                    "camera:1",
                    "screen",
                    "film.mp4",
                    "rtsp://a.example/1",
                    "whep+https://a.example/live/whep",
                    "http://a.example/stream.mjpg")) {
                String problem = assertThrows(MagicException.class, () -> run("sfu publish cam --from " + source))
                        .getMessage();
                assertTrue(problem.contains("'" + source + "'") && problem.contains("'--from test'"), problem);
            }
            run("sfu publish cam --from test");
            assertTrue(
                    server.streams().stream().anyMatch(stream -> stream.path().equals(new PathName("cam"))));
        }
    }

    @Test
    void theHelpPageNamesEveryMagicThatIsThere() {
        run("notecast");
        String page = display.shown.toString();
        for (String magic : List.of(
                "%sfu start",
                "%sfu status",
                "%sfu streams",
                "%sfu stats",
                "%sfu publish",
                "%sfu view",
                "%sfu kick",
                "%sfu conformance",
                "%sfu stop",
                "%mjpeg start",
                "%mjpeg status",
                "%mjpeg show",
                "%mjpeg snapshot",
                "%mjpeg stop",
                "%pipeline start",
                "%doctor",
                "notebooks/")) {
            assertTrue(page.contains(magic), magic + " is missing in " + page);
        }
    }
}
