package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.doctor.DoctorCommand;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code %doctor} where nobody outside may be asked (NOTECAST_STUN=none); networks are in the end-to-end tests. */
class DoctorMagicTest {
    private final RecordingDisplay display = new RecordingDisplay();
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void stop() {
        Notecast.running().ifPresent(Notecast::close);
    }

    private void run(String... arguments) {
        CommandRunner.run(
                DoctorCommand.create(display, (name, words) -> ran.add(name + " " + String.join(" ", words))),
                List.of(arguments),
                display);
    }

    private String last() {
        return assertInstanceOf(Output.TextLine.class, display.shown.getLast()).text();
    }

    @Test
    void showsATableAndTheOneChange() {
        Notecast server = Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0));
        run();
        Output.Table table = assertInstanceOf(Output.Table.class, display.shown.get(1));
        List<String> looked = table.rows().stream().map(row -> row.get(1)).toList();
        assertTrue(looked.containsAll(List.of("UDP out", "Clock", "GPU", "Disk", "Browsers' view")), looked::toString);
        assertTrue(table.rows().stream().allMatch(row -> row.get(0).matches("✓ ok|• note|✗ FAILED")), table::toString);
        assertTrue(last().endsWith("'%tunnel start'"), last());
        assertTrue(!display.shown.toString().contains(server.serverToken().orElseThrow()), "a token is shown");
    }

    @Test
    void fixStartsAServerWhereNoneRuns() {
        run("fix");
        assertEquals(1, ran.size(), () -> display.shown.toString());
        assertTrue(ran.getFirst().startsWith("sfu start"), ran::toString);
        assertTrue(last().contains("Running '%" + ran.getFirst().strip() + "'"), last());
    }

    @Test
    void fixOpensNothingPublicByItself() {
        Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0));
        run("fix");
        assertEquals(List.of(), ran);
        assertTrue(last().startsWith("Nothing was changed") && last().contains("%tunnel start"), last());
    }

    @Test
    void whoeverCannotBeAskedIsRefusedInALine() {
        for (String[] bad : new String[][] {
            {"--ask", "mailto:me"}, {"--tcp", "turn.example.org"}, {"--web", "ftp://a.example/"}, {"--web", "a b"}
        }) {
            String problem = assertThrows(MagicException.class, () -> run(bad)).getMessage();
            assertTrue(problem.contains("'" + bad[1] + "'") && problem.lines().count() == 1, problem);
        }
    }

    @Test
    void everyLineIsShortEnoughToRead() {
        run();
        Output.Table table = assertInstanceOf(Output.Table.class, display.shown.get(1));
        String tooLong = table.rows().stream()
                .flatMap(List::stream)
                .filter(cell -> cell.length() > 160)
                .collect(Collectors.joining("\n"));
        assertEquals("", tooLong);
    }
}
