package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.filter.NotebookJava;
import dev.notecast.vision.cell.CellSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagicsBadInputTest {
    private final RecordingDisplay display = new RecordingDisplay();
    private final Magics magics = new Magics(display);

    private String problemWith(String name, String... arguments) {
        MagicException problem = assertThrows(MagicException.class, () -> magics.run(name, List.of(arguments)));
        assertTrue(display.shown.isEmpty(), "a refused magic shows nothing itself");
        assertEquals(0, problem.getStackTrace().length, "a magic's error has no stack trace");
        assertEquals(1, problem.getMessage().lines().count(), "one line: " + problem.getMessage());
        return problem.getMessage();
    }

    @Test
    void namesTheOptionNearestToAnUnknownOne() {
        assertEquals(
                "unknown option '--prot', did you mean '--port'? ('%sfu start --help' shows all)",
                problemWith("sfu", "start", "--prot", "1"));
        assertEquals(
                "unknown option '--prot', did you mean '--port'? ('%sfu start --help' shows all)",
                problemWith("sfu", "start", "--prot=1"));
    }

    @Test
    void namesTheCommandNearestToAnUnknownOne() {
        assertEquals(
                "unknown command 'veiw', did you mean 'view'? ('%sfu --help' shows all)", problemWith("sfu", "veiw"));
        assertEquals("unknown command 'record' ('%sfu --help' shows all)", problemWith("sfu", "record"));
    }

    @Test
    void aFilterCellIsRefusedInOneLineToo() {
        assertEquals(
                "unknown option '--deadlin', did you mean '--deadline'? ('%%filter --help' shows all)",
                problemWithCell("frame -> frame", "cam", "cam-ai", "--deadlin", "3"));
        assertEquals("%%filter needs OUT ('%%filter --help' shows all)", problemWithCell("frame -> frame", "cam"));
        assertTrue(problemWithCell("frame -> frame", "cam", "no path").contains("'no path' is no path"));
        assertEquals(
                "no server runs yet: start one with '%sfu start'", problemWithCell("frame -> frame", "cam", "cam-ai"));
    }

    private String problemWithCell(String body, String... arguments) {
        NotebookJava none = new NotebookJava() {
            @Override
            public void run(CellSource source) {
                throw new AssertionError("it is evaluated");
            }

            @Override
            public Consumer<String> errorsOfCell() {
                throw new AssertionError("it prints");
            }
        };
        MagicException problem =
                assertThrows(MagicException.class, () -> magics.runCell("filter", List.of(arguments), body, none));
        assertEquals(1, problem.getMessage().lines().count(), "one line: " + problem.getMessage());
        return problem.getMessage();
    }

    @Test
    void saysWhatIsMissing() {
        String line = problemWith("sfu", "publish");
        assertEquals("%sfu publish needs --from SOURCE and PATH ('%sfu publish --help' shows all)", line);
        assertEquals(
                "%sfu publish needs --from SOURCE ('%sfu publish --help' shows all)",
                problemWith("sfu", "publish", "live"));
    }

    @ParameterizedTest
    @CsvSource({
        "sfu start --port abc, '--port': 'abc' is no whole number",
        "sfu start --allow-host http://a.example, no host name",
        "sfu start --allow-host a.example:8889, no host name",
        "sfu start --port 70000, 70000",
        "sfu start --token short, token",
        "sfu start --default-path api, reserved",
        "sfu view live --via pigeon, '--via': 'pigeon' is none of auto",
        "sfu view ../etc, '../etc' is no path: a path name has one to four segments",
        "sfu view api, 'api' is reserved",
        "tunnel start pigeon, 'pigeon' is none of auto",
        "sfu view live extra, extra",
    })
    void saysWhichValueIsWrong(String line, String named) {
        String[] words = line.split(" ");
        String problem = problemWith(words[0], Arrays.copyOfRange(words, 1, words.length));
        assertTrue(problem.contains(named), problem);
    }
}
