package dev.notecast.magics.ice;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Do without a server, or without all of a provider, from now on.")
final class RemoveCommand implements Runnable {
    @Parameters(paramLabel = "URI|PROVIDER", description = "As '%%ice list' names it.")
    private String what;

    @Mixin
    private Help help;

    private final Display display;

    RemoveCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running().ice().remove(what);
        display.show(new Output.TextLine(
                "No longer in use: " + what + ". Sessions that went through it look for another way."));
    }
}
