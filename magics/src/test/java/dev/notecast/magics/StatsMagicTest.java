package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.output.Output;
import dev.notecast.magics.output.Plots;
import dev.notecast.server.Notecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code %sfu stats} on a real server. */
class StatsMagicTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final long SHOWN_AFTER_NANOS = Duration.ofMillis(100).toNanos(); // at most, a counter was read

    /** The server's own counter of frames at a moment. */
    private record Look(long nanos, long frames) {}

    /** A value of the plot, and looks before and after the sampler's own one that it comes from. */
    private record Point(Look before, Look after, double fps) {
        /** Whether the value is the rate since another point, as exactly as the looks can tell. */
        boolean isRateSince(Point other) {
            double least = (before.frames - other.after.frames) * 1e9 / (after.nanos - other.before.nanos);
            double most = (after.frames - other.before.frames) * 1e9 / (before.nanos - other.after.nanos);
            return fps >= least && fps <= most;
        }
    }

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
        List<Point> seconds = fourSecondsInARow(shown);
        Point last = seconds.getLast();
        assertTrue(last.after.frames > seconds.getFirst().after.frames, "no frames: " + seconds);
        assertTrue( // of the last three seconds, begun by the third or fourth last look
                last.isRateSince(seconds.get(1)) || last.isRateSince(seconds.get(0)),
                last.fps + " frames a second do not fit " + seconds);
        Plots later = shown.now().get();
        assertTrue(later.end() > first.end() + 3, first.end() + " to " + later.end());
        Plots.Line bitrate = later.plots().getFirst().lines().getFirst();
        assertTrue(bitrate.last() > 10_000, "bps: " + bitrate.last());
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

    /** Four values that came a second after each other, as they do unless the machine is too busy. */
    private static List<Point> fourSecondsInARow(Output.LivePlots shown) {
        long deadlineNanos = System.nanoTime() + DEADLINE.toNanos();
        long end = shown.now().get().end();
        List<Look> looks = new ArrayList<>(List.of(look()));
        List<Point> row = new ArrayList<>();
        while (row.size() < 4) {
            assertTrue(System.nanoTime() < deadlineNanos, "no four seconds in a row came");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            Plots plots = shown.now().get();
            Look now = look();
            if (plots.end() > end) {
                Look before = looks.stream()
                        .filter(look -> now.nanos - look.nanos > SHOWN_AFTER_NANOS)
                        .reduce(looks.getFirst(), (earlier, later) -> later);
                Point point = new Point(before, now, fps(plots));
                if (plots.end() > end + 1 || !row.isEmpty() && !isASecondAfter(point, row.getLast())) {
                    row.clear();
                }
                row.add(point);
                end = plots.end();
            }
            looks.add(now);
        }
        return row;
    }

    private static boolean isASecondAfter(Point point, Point other) {
        long millis = TimeUnit.NANOSECONDS.toMillis(point.after.nanos - other.after.nanos);
        return millis > 500 && millis < 1500;
    }

    private static double fps(Plots plots) {
        return plots.plots().get(1).lines().getFirst().last();
    }

    private static Look look() {
        long frames = Notecast.running().orElseThrow().streams().getFirst().frames();
        return new Look(System.nanoTime(), frames);
    }
}
