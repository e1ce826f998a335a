package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code %sfu}: the server, what is published on it and who watches. */
@Command(
        name = "%sfu",
        description = "The media server: start it, publish to it, watch.",
        synopsisSubcommandLabel = "COMMAND")
public final class SfuCommand {
    @Mixin
    private Help help;

    private SfuCommand() {}

    /** The command with all that follow it. */
    public static CommandLine create(Display display) {
        return new CommandLine(new SfuCommand())
                .addSubcommand(new StartCommand(display))
                .addSubcommand(new StatusCommand(display))
                .addSubcommand(new StreamsCommand(display))
                .addSubcommand(new StatsCommand(display))
                .addSubcommand(new PublishCommand(display))
                .addSubcommand(new ViewCommand(display))
                .addSubcommand(new KickCommand(display))
                .addSubcommand(new ConformanceCommand(display))
                .addSubcommand(new StopCommand(display));
    }
}
