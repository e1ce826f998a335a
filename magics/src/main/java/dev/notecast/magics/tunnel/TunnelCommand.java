package dev.notecast.magics.tunnel;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code %tunnel}: public addresses for this server. */
@Command(
        name = "%tunnel",
        description = "Public addresses, so that others publish and watch from anywhere.",
        synopsisSubcommandLabel = "COMMAND")
public final class TunnelCommand {
    @Mixin
    private Help help;

    private TunnelCommand() {}

    /**
     * The command with all that follow it.
     *
     * @param environment {@link System#getenv()}, or a test's
     */
    public static CommandLine create(Display display, Map<String, String> environment) {
        return new CommandLine(new TunnelCommand())
                .addSubcommand(new StartCommand(display, environment))
                .addSubcommand(new StatusCommand(display))
                .addSubcommand(new StopCommand(display));
    }
}
