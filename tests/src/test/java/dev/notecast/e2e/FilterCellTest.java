package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.ColourWatch;
import dev.notecast.e2e.browser.PeerStats;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cell that filters, run again and again in the installed kernel while Chromium watches. */
@Tag("e2e")
class FilterCellTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long NO_FREEZE_MILLIS = 200;
    private static final int ROUNDS = 3;
    private static final int EDITS = 20;
    private static final String CONNECTIONS = "() => notecastProbe.connections()";

    private static final String PUBLISH =
            """
            import dev.notecast.media.ingest.synthetic.TestOptions;
            import dev.notecast.rtc.codec.Codec;
            import java.awt.Color;
            Notecast.running().orElseThrow().publishTest(
                new PathName("cam"), new TestOptions(Codec.VP8, 320, 180, 30, 400_000));
            int left = 80;""";

    /** As the page names it: neighbours differ, none comes twice. */
    private static String colour(int edit) {
        String digits = Integer.toString((edit + 1) * 10 % 27, 3);
        return "0".repeat(3 - digits.length()) + digits;
    }

    private static String painting(int edit) {
        String levels = colour(edit)
                .chars()
                .mapToObj(digit -> List.of("0", "128", "255").get(digit - '0'))
                .collect(Collectors.joining(","));
        return "g.setColor(new Color(" + levels + "));\ng.fillRect(left, 40, 80, 80);";
    }

    private static String edit(int edit) {
        return "%%filter cam cam-ai\n" + painting(edit);
    }

    /** Compiles as much, and changes nothing that is seen. */
    private static String unseen(int edit) {
        return "%%filter cam cam-unseen\n" + painting(edit);
    }

    private static String[] cells(int count, IntFunction<String> cell) {
        return IntStream.range(0, count).mapToObj(cell).toArray(String[]::new);
    }

    private static void run(JupyterKernel kernel, String... cells) {
        JupyterKernel.Run run = kernel.run(cells);
        assertFalse(run.stopped(), run::toString);
    }

    private static String problem(JupyterKernel kernel, String cell) {
        JupyterKernel.Run run = kernel.run(cell);
        assertTrue(run.stopped(), run::toString);
        return run.outputs().get(run.outputs().size() - 1).required("evalue").asText();
    }

    @Test
    void twentyEditsAreSeenInOrderOverOneConnectionWithoutAFreezeAndMistakesChangeNothing(@TempDir Path folder) {
        MediaPorts ports = MediaPorts.free();
        try (JupyterKernel kernel = JupyterKernel.start("ipc", folder);
                Playwright playwright = Chromium.playwright();
                Chromium browser = Chromium.start(playwright)) {
            run(kernel, "%sfu start --port " + ports.http() + " --udp-port " + ports.udp(), PUBLISH, edit(EDITS));
            Page page = browser.open(URI.create("http://127.0.0.1:" + ports.http() + "/cam-ai/"));
            ColourWatch watch = new ColourWatch(page, 116, 76);
            Await.condition("the first colour", DEADLINE, () -> watch.colours().contains(colour(EDITS)));
            Await.condition("a second of it", DEADLINE, () -> watch.shown() > 30);
            Object connections = page.evaluate(CONNECTIONS);

            List<String> figures = new ArrayList<>();
            while (!editsFlow(kernel, page, watch, figures)) { // other work on this machine is not there each time
                assertTrue(figures.size() < ROUNDS, figures::toString);
            }
            System.out.println(figures);
            assertMistakesChangeNothing(kernel, watch);
            assertTrue(watch.isSame(), "another video element or stream");
            assertEquals(connections, page.evaluate(CONNECTIONS), "connections the viewer has made");
        }
    }

    /** Whether all edits were shown without a freeze, but for those that the machine has anyhow; each was seen. */
    private static boolean editsFlow(JupyterKernel kernel, Page page, ColourWatch watch, List<String> figures) {
        PeerStats stats = new PeerStats(page);
        watch.restart();
        run(kernel, cells(EDITS / 2, FilterCellTest::unseen));
        long calmMillis = watch.longestGap().toMillis();
        long freezes = stats.inbound("freezeCount");

        watch.restart();
        String before = watch.colours().getFirst();
        run(kernel, cells(EDITS, FilterCellTest::edit));
        Await.condition("the last colour", DEADLINE, () -> watch.colours().contains(colour(EDITS - 1)));
        long longestMillis = watch.longestGap().toMillis();
        Stream<String> edits = IntStream.range(0, EDITS).mapToObj(FilterCellTest::colour);
        assertEquals(Stream.concat(Stream.of(before), edits).toList(), watch.colours());
        figures.add("longest gap %d ms, %d ms without edits; %d freezes"
                .formatted(longestMillis, calmMillis, stats.inbound("freezeCount") - freezes));
        return longestMillis <= Math.max(NO_FREEZE_MILLIS, calmMillis * 3 / 2);
    }

    private static void assertMistakesChangeNothing(JupyterKernel kernel, ColourWatch watch) {
        watch.restart();
        Pattern goesOn = Pattern.compile("was given up, version \\d+ goes on: line 3: ");
        assertEquals("line 3: cannot find symbol", problem(kernel, "%%filter cam cam-ai\n\ng.setColour(null);"));
        String thrown = problem(kernel, "%%filter cam cam-ai\n\nint x = 1 / (left - left);");
        assertTrue(goesOn.matcher(thrown).find() && thrown.endsWith("ArithmeticException: / by zero"), thrown);
        String late = problem(kernel, "%%filter cam cam-ai\n\nwhile (true) { }");
        assertTrue(goesOn.matcher(late).find() && late.endsWith("a picture took longer than 2.0 s"), late);
        int shown = watch.shown();
        Await.condition("more frames", DEADLINE, () -> watch.shown() > shown + 10);
        assertEquals(List.of(colour(EDITS - 1)), watch.colours());
        run(kernel, edit(EDITS));
        Await.condition("another colour", DEADLINE, () -> watch.colours().contains(colour(EDITS)));
    }
}
