package dev.notecast.magics.tunnel;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Show the tunnels and how they do.")
final class StatusCommand implements Runnable {
    @Mixin
    private Help help;

    private final Display display;

    StatusCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        display.show(new Output.LiveTable(TunnelTable::now));
    }
}
