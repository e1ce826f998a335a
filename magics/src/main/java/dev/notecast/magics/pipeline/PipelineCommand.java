package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code %pipeline}: filters on a path, shown as another path. */
@Command(
        name = "%pipeline",
        description = "Filters on a path's video, live, shown as another path.",
        synopsisSubcommandLabel = "COMMAND")
public final class PipelineCommand {
    @Mixin
    private Help help;

    private PipelineCommand() {}

    /** The command with all that follow it. */
    public static CommandLine create(Display display) {
        return new CommandLine(new PipelineCommand())
                .addSubcommand(new StartCommand(display))
                .addSubcommand(new SetCommand(display))
                .addSubcommand(new ListCommand(display))
                .addSubcommand(new StatsCommand(display))
                .addSubcommand(new FiltersCommand(display))
                .addSubcommand(ModelsCommand.create(display))
                .addSubcommand(GpuCommand.create(display))
                .addSubcommand(new StopCommand(display));
    }
}
