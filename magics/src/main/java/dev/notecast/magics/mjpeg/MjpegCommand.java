package dev.notecast.magics.mjpeg;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code %mjpeg}: a path as JPEG pictures. */
@Command(name = "%mjpeg", description = "A path as JPEG pictures.", synopsisSubcommandLabel = "COMMAND")
public final class MjpegCommand {
    @Mixin
    private Help help;

    private MjpegCommand() {}

    /** The command with all that follow it. */
    public static CommandLine create(Display display) {
        return new CommandLine(new MjpegCommand())
                .addSubcommand(new StartCommand(display))
                .addSubcommand(new ShowCommand(display))
                .addSubcommand(new SnapshotCommand(display))
                .addSubcommand(new StatusCommand(display))
                .addSubcommand(new StopCommand(display));
    }
}
