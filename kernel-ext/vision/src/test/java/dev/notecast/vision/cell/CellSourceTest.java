package dev.notecast.vision.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.vision.frame.Frame;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person writes into a cell, compiled as a kernel does it. */
class CellSourceTest {
    private static JShell shell; // one for all, as it takes a moment to start

    private final Frame frame = Frame.of(new BufferedImage(60, 40, BufferedImage.TYPE_3BYTE_BGR));

    @BeforeAll
    static void start() {
        shell = JShell.builder().executionEngine("local").build();
        shell.addToClasspath(System.getProperty("java.class.path"));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    private List<Diag> mistakes(Snippet snippet) {
        return shell.diagnostics(snippet).toList();
    }

    private CellCode code(String body) {
        CellSource source = CellSource.of(body);
        return HandedCode.after(() -> {
            source.imports().lines().forEach(shell::eval);
            for (SnippetEvent event : shell.eval(source.java())) {
                assertTrue(
                        mistakes(event.snippet()).isEmpty(),
                        () -> source.java()
                                + mistakes(event.snippet()).getFirst().getMessage(Locale.ROOT));
            }
        });
    }

    private Picture apply(String body) throws Exception {
        return code(body).apply(frame, new Canvas());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frame -> frame.scaled(30)",
                "f -> f.scaled(30);",
                "// half\n(f) -> f.scaled(30); // the end;",
                "/* half; */ (Frame f) ->\n  f.scaled(\n    30)\n  ;\n",
                "frame -> { if (frame.width() > 50) { return frame.scaled(30); } return frame; }",
                "(frame, g) -> frame.scaled(30).toBufferedImage()",
                "if (frame.width() == 0) return null;\nreturn frame.scaled(30).toMat();",
                "import static java.lang.Math.*;\n import java.util.concurrent.*;\n\nframe -> frame.scaled(abs(-30))",
                "var quote = \"; -> // \\\" \"; return frame.scaled(30);",
            })
    void everyWayToReturnAPictureWorks(String body) throws Exception {
        assertEquals(30, apply(body).width());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g.fillRect(0, 0, 9, 9);",
                "int half = frame.width() / 2;\nif (half < 0) return;\ng.fillRect(0, 0, half, 9);",
                "(f, pen) -> pen.fillRect(0, 0, 9, 9)",
                "(f, pen) -> { pen.fillRect(0, 0, 9, 9); };",
                "frame -> System.out.flush()",
                "frame -> { frame.width(); }",
                "int width = frame.width();",
                "// nothing"
            })
    void everyWayToReturnNothingWorks(String body) throws Exception {
        assertEquals(60, apply(body).width());
    }

    @Test
    void theNotebooksVariablesAndImportsAreThere() throws Exception {
        shell.eval("import dev.notecast.vision.frame.Frame;");
        shell.eval("int wanted = 30;");
        shell.eval("Frame small(Frame f) { return f.scaled(wanted); }");
        CellCode code = code("frame -> small(frame)");
        assertEquals(30, code.apply(frame, new Canvas()).width());
        shell.eval("wanted = 40;");
        assertEquals(40, code.apply(frame, new Canvas()).width(), "a variable that is set elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int zero = 0;\n\nint x = 1 / zero;",
                "frame -> {\n  int zero = 0;\n  return 1 / zero; }",
                "import java.util.*;\n// a word\nframe -> 1 / (frame.width() - 60)",
                "var tens = java.util.List.of(10);\ng.fillRect(0, 0, 9, 9);\ntens.forEach(x -> { x /= x - 10; });"
            })
    void errorsKnowTheCellsLine(String body) {
        CellCode code = code(body);
        Exception thrown = assertThrows(ArithmeticException.class, () -> code.apply(frame, new Canvas()));
        assertEquals(4, code.line(thrown.getStackTrace()), "the magic is on line 1");
    }

    @Test
    void mistakesAreOnTheCellsLineAndReadAsWritten() {
        assertMistake("int fine = 3;\n\nint x = fein;", 4, "int x = fein;");
        assertMistake("// a word\nf -> f.hight()", 3, "f -> f.hight()");
        assertMistake("import java.util.*;\n\n( f , pen )->\n  pen.fillReckt()", 5, "  pen.fillReckt()");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g.drawLine(1, 1, 2, 2); // :-)@if (true) {@  int x = '}';@ | line 3: '{' is never closed",
                "/* ( */ String s = \"(\";@}                                | line 3: '}' closes nothing",
                "f -> f.scaled(20];                                          | line 2: ']' closes nothing",
            })
    void bracketsWithoutTheirOtherHalfAreNamed(String body, String problem) {
        String lines = body.replace('@', '\n');
        assertEquals(
                problem,
                assertThrows(IllegalArgumentException.class, () -> CellSource.of(lines))
                        .getMessage());
    }

    private void assertMistake(String body, int line, String text) {
        CellSource source = CellSource.of(body);
        SnippetEvent event = shell.eval(source.java()).getFirst();
        List<Diag> mistakes = mistakes(event.snippet());
        assertFalse(mistakes.isEmpty(), source.java());
        String before =
                event.snippet().source().substring(0, (int) mistakes.getFirst().getPosition());
        assertEquals(line, before.lines().count(), source.java());
        assertEquals(text, source.asWritten(source.java().lines().toList().get(line - 1)));
    }
}
