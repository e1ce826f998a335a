package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.output.Output;
import dev.notecast.magics.output.Plots;
import dev.notecast.server.Notecast;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code %sfu stats} on a real server. */
class StatsMagicTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RecordingDisplay display = new RecordingDisplay();
    private final Magics magics = new Magics(display);

    @BeforeEach
    void start() {
        magics.run("sfu", List.of("start", "--port=0", "--udp-port=0", "--tcp-port=0"));
    }

    @AfterEach
    void stop() {
        Notecast.running().ifPresent(Notecast::close);
    }

    @Test
    void plotsGrowWhileAStreamRunsAndStayWhenItEnds() {
        magics.run("sfu", List.of("publish", "live", "--from", "test"));
        magics.run("sfu", List.of("stats", "live"));
        Output.LivePlots shown = assertInstanceOf(Output.LivePlots.class, display.shown.getLast());
        Plots first = shown.now().get();
        assertEquals("Statistics of 'live'", first.title());
        Plots later = await(shown, first.end() + 3);
        Plots.Line bitrate = later.plots().getFirst().lines().getFirst();
        assertTrue(bitrate.last() > 10_000, "bit/s: " + bitrate.last());
        double fps = later.plots().get(1).lines().getFirst().last();
        assertTrue(fps > 1 && fps < 38, "30 where the machine can draw so many: " + fps);
        assertEquals("Nobody publishes or watches by WebRTC.", later.table().whenEmpty());
        magics.run("sfu", List.of("stop"));
        assertEquals(0, shown.now().get().end());
        assertTrue(shown.now().get().table().whenEmpty().contains("has stopped"));
    }

    @Test
    void aWrongPathIsAnsweredWithTheNearestInOneLine() {
        assertEquals(
                "nothing is on path 'live': nobody publishes yet, try '%sfu publish live --from test'",
                problem("live"));
        magics.run("sfu", List.of("publish", "live", "--from", "test"));
        assertEquals("nothing is on path 'liev': did you mean 'live'?", problem("liev"));
        assertEquals("nothing is on path 'door': there is live", problem("door"));
    }

    private String problem(String path) {
        return assertThrows(MagicException.class, () -> magics.run("sfu", List.of("stats", path)))
                .getMessage();
    }

    private static Plots await(Output.LivePlots shown, long end) {
        long deadlineNanos = System.nanoTime() + DEADLINE.toNanos();
        Plots plots = shown.now().get();
        while (plots.end() < end
                || Double.isNaN(plots.plots().getFirst().lines().getFirst().last())) {
            assertTrue(System.nanoTime() < deadlineNanos, "no new second came");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            plots = shown.now().get();
        }
        return plots;
    }
}
