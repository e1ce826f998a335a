package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.StageStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "stats", description = "Show what each stage of a pipeline takes and drops, over the last ten seconds.")
final class StatsCommand implements Runnable {
    private static final List<String> COLUMNS = List.of("Stage", "p50 ms", "p95 ms", "Frames", "Dropped");

    @Parameters(paramLabel = "NAME", description = "The pipeline.")
    private String name;

    @Mixin
    private Help help;

    private final Display display;

    StatsCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running().pipelines().status(name); // refused where there is none
        String pipeline = name;
        display.show(new Output.LiveTable(() -> now(pipeline)));
    }

    private static Output.Table now(String name) {
        List<List<String>> rows = Notecast.running()
                .map(server -> server.pipelines().list())
                .orElse(List.of())
                .stream()
                .filter(status -> status.name().equals(name))
                .map(PipelineStatus::stages)
                .flatMap(List::stream)
                .map(StatsCommand::row)
                .toList();
        return new Output.Table("Pipeline " + name, COLUMNS, rows, "Pipeline '" + name + "' has ended.");
    }

    private static List<String> row(StageStatus stage) {
        boolean known = stage.frames() > 0;
        return List.of(
                stage.stage(),
                known ? millis(stage.p50Millis()) : "",
                known ? millis(stage.p95Millis()) : "",
                Long.toString(stage.frames()),
                stage.dropped() == 0 ? "" : Long.toString(stage.dropped()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}
