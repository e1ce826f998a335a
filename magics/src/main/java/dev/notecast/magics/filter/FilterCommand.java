package dev.notecast.magics.filter;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Link;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.vision.cell.CellFilters;
import dev.notecast.vision.cell.CellSettings;
import dev.notecast.vision.cell.CellSource;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.pipeline.PipelineOptions;
import dev.notecast.vision.pipeline.PipelineState;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code %%filter}: the cell's body filters a path's video. */
@Command(
        name = "%%filter",
        sortOptions = false,
        description = "Filter a path's video by the Java below, shown as another path. Run the cell again to change it"
                + " between two pictures: viewers stay connected. The Java is 'frame -> ..', which returns a picture, or"
                + " statements with 'frame' and 'g', a Graphics2D that draws on it.")
public final class FilterCommand implements Runnable {
    private static final long LOOK_MILLIS = 50; // whether anybody still watches
    private static final long REACH_MILLIS = 2_000; // a first picture on a busy machine

    @Parameters(paramLabel = "IN", converter = PathNameConverter.class, description = "Whose video is taken.")
    private PathName in;

    @Parameters(
            paramLabel = "OUT",
            converter = PathNameConverter.class,
            description = "Where the filtered video is published; the pipeline is named after it.")
    private PathName out;

    @Option(
            names = "--filter",
            paramLabel = "FILTERS",
            description = "Filters before this one, as %%pipeline start takes them; 'frame' has what they found.",
            defaultValue = FilterChain.COPY)
    private String before;

    @Option(names = "--every", paramLabel = "N", description = "Take every N-th picture, 1 to 1000 (default 1).")
    private int everyNth = 1;

    @Option(names = "--fps", paramLabel = "F", description = "Pictures a second at most, 1 to 120 (default: all).")
    private Integer fps;

    @Option(
            names = "--width",
            paramLabel = "W",
            description = "Scale wider pictures down to W pixels, 16 to 3840 (default 1280).")
    private int width = PipelineOptions.MAX_WIDTH;

    @Option(
            names = "--deadline",
            paramLabel = "S",
            description = "Give the Java up when a picture takes longer, 0.1 to 60 seconds (default 2).")
    private double deadlineSeconds = CellFilters.DEADLINE.toMillis() / 1000.0;

    @Mixin
    private Help help;

    private final Display display;
    private final String body;
    private final NotebookJava java;

    private FilterCommand(Display display, String body, NotebookJava java) {
        this.display = display;
        this.body = body;
        this.java = java;
    }

    /** @param body what stands below the magic's line */
    public static CommandLine create(Display display, String body, NotebookJava java) {
        return new CommandLine(new FilterCommand(display, body, java));
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        if (fps != null && fps < 1) {
            throw new IllegalArgumentException("--fps " + fps + " is out of range: take 1 to 120");
        }
        CellSettings settings = new CellSettings(
                new PipelineOptions(in, out, everyNth, fps == null ? 0 : fps, width), before, Duration.ofMillis((long)
                        (deadlineSeconds * 1000)));
        CellSource source = CellSource.of(body);
        FirstWord word = new FirstWord(out.value(), java.errorsOfCell());
        CellFilters.Run run = server.cellFilters().run(settings, () -> java.run(source), word);
        boolean told = await(server, run.pipeline(), settings.deadline(), word);
        word.end().ifPresent(failure -> {
            throw new MagicException(FirstWord.line(out.value(), failure));
        });
        display.show(said(server, run, told));
    }

    /** Waits for the first picture while some are filtered. */
    private static boolean await(Notecast server, String pipeline, Duration deadline, FirstWord word) {
        long end = System.nanoTime() + deadline.plusMillis(REACH_MILLIS).toNanos();
        boolean told = word.await(LOOK_MILLIS);
        while (!told
                && System.nanoTime() < end
                && server.pipelines().status(pipeline).state() == PipelineState.RUNNING) {
            told = word.await(LOOK_MILLIS);
        }
        return told;
    }

    private Output said(Notecast server, CellFilters.Run run, boolean live) {
        if (run.change() == CellFilters.Change.STARTED) {
            return new Output.Links(
                    "Filter '" + run.pipeline() + "': '" + in + "' through this cell is '" + out
                            + "'; run the cell again to change it",
                    List.of(
                            new Link("Watch", server.viewUrl(out), true),
                            new Link("Pictures", server.mjpegUrl(out), true)));
        }
        return new Output.TextLine("Version " + run.version() + " is "
                + (live ? "live on '" + out + "'." : "shown on '" + out + "' from the next picture on."));
    }
}
