package dev.notecast.magics.sfu;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "streams", description = "Show every path with its publisher and viewers.")
final class StreamsCommand implements Runnable {
    @Mixin
    private Help help;

    private final Display display;

    StreamsCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running();
        display.show(new Output.LiveTable(StreamTable::now));
    }
}
