package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.magics.output.Stages;
import dev.notecast.server.Notecast;
import dev.notecast.vision.pipeline.PipelineState;
import dev.notecast.vision.pipeline.PipelineStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "stats",
        description =
                "Draw where a picture's time goes: what each stage of a pipeline takes and drops, over the last ten"
                        + " seconds.")
final class StatsCommand implements Runnable {
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
        display.show(new Output.LiveStages(() -> now(pipeline)));
    }

    private static Stages now(String name) {
        return Notecast.running().map(server -> server.pipelines().list()).orElse(List.of()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .map(StatsCommand::stages)
                .orElseGet(() -> new Stages("Pipeline " + name, List.of(), "Pipeline '" + name + "' has ended."));
    }

    private static Stages stages(PipelineStatus status) {
        String title = String.format(
                Locale.ROOT,
                "Pipeline %s: %s to %s through %s, %.1f fps",
                status.name(),
                status.options().in(),
                status.options().out(),
                status.filters(),
                status.fps());
        String nothing = status.problem()
                .map(problem -> "Nothing comes through: " + problem)
                .orElse(
                        status.state() == PipelineState.IDLE
                                ? "Nobody watches '" + status.options().out() + "', so nothing is filtered."
                                : "Nothing has come through in the last ten seconds.");
        return new Stages(title, status.stages(), nothing);
    }
}
