package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.PathNameConverter;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Link;
import dev.notecast.magics.output.Output;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.pipeline.PipelineOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        sortOptions = false,
        description = "Take a path's video through filters to another path, which has every address a path has.%n"
                + "The input may come later. Nothing is filtered until somebody watches.")
final class StartCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "What to call it, such as 'faces'.")
    private String name;

    @Option(
            names = "--in",
            required = true,
            paramLabel = "PATH",
            converter = PathNameConverter.class,
            description = "Whose video is taken.")
    private PathName in;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            converter = PathNameConverter.class,
            description = "Where the filtered video is published.")
    private PathName out;

    @Option(
            names = "--filter",
            paramLabel = "FILTERS",
            description = "Such as edge_detection,mirror or pixelate:size=12 ('%%pipeline filters' shows all; default"
                    + " ${DEFAULT-VALUE}: as it comes).",
            defaultValue = FilterChain.COPY)
    private String filters;

    @Option(
            names = "--choices",
            paramLabel = "FILTERS",
            split = ",",
            description = "Filters that guests who publish the input may choose from their page, such as"
                    + " mirror,pixelate:size=12 (default: none). You may choose every one.")
    private List<String> choices = List.of();

    @Option(names = "--every", paramLabel = "N", description = "Take every N-th picture, 1 to 1000 (default 1).")
    private int everyNth = 1;

    @Option(names = "--fps", paramLabel = "F", description = "Pictures a second at most, 1 to 120 (default: all).")
    private Integer fps;

    @Option(
            names = "--width",
            paramLabel = "W",
            description = "Scale wider pictures down to W pixels, 16 to 3840 (default 1280).")
    private int width = PipelineOptions.MAX_WIDTH;

    @Mixin
    private Help help;

    private final Display display;

    StartCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Notecast server = Servers.running();
        if (fps != null && fps < 1) {
            throw new IllegalArgumentException("--fps " + fps + " is out of range: take 1 to 120");
        }
        PipelineOptions options = new PipelineOptions(in, out, everyNth, fps == null ? 0 : fps, width, choices);
        server.pipelines().start(name, options, filters);
        display.show(new Output.Links(
                "Pipeline '" + name + "': '" + in + "' through " + filters + " is '" + out + "'",
                List.of(
                        new Link("Watch", server.viewUrl(out), true),
                        new Link("Pictures", server.mjpegUrl(out), true))));
    }
}
