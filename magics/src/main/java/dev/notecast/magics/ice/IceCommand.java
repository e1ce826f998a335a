package dev.notecast.magics.ice;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code %ice}: the STUN and TURN servers by which this server and its viewers find a way through NATs. */
@Command(
        name = "%ice",
        description = "STUN and TURN servers: ways through routers and firewalls.",
        synopsisSubcommandLabel = "COMMAND")
public final class IceCommand {
    @Mixin
    private Help help;

    private IceCommand() {}

    /** The command with all that follow it. */
    public static CommandLine create(Display display) {
        return new CommandLine(new IceCommand())
                .addSubcommand(new ListCommand(display))
                .addSubcommand(new AddCommand(display))
                .addSubcommand(new RemoveCommand(display))
                .addSubcommand(new FetchCommand(display))
                .addSubcommand(new TestCommand(display))
                .addSubcommand(new PolicyCommand(display));
    }
}
