package dev.notecast.magics.ice;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.media.relay.IcePolicy;
import dev.notecast.server.ice.IceCatalogue;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Show the servers in use, what they give and what is wrong with them.")
final class ListCommand implements Runnable {
    @Mixin
    private Help help;

    private final Display display;

    ListCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        IceCatalogue ice = Servers.running().ice();
        display.show(IceTable.of(ice.list(), Instant.now()));
        ice.problems().forEach(problem -> display.show(new Output.TextLine(problem)));
        if (ice.policy() == IcePolicy.RELAY) {
            display.show(new Output.TextLine(PolicyCommand.RELAY_ONLY));
        }
    }
}
