package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "End a pipeline; whoever watches it waits for another publisher.")
final class StopCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "The pipeline.")
    private String name;

    @Mixin
    private Help help;

    private final Display display;

    StopCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running().pipelines().stop(name);
        display.show(new Output.TextLine("Pipeline '" + name + "' has ended."));
    }
}
