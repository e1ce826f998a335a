package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "set",
        sortOptions = false,
        description = "Exchange a pipeline's filters between two pictures; viewers stay connected.")
final class SetCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "The pipeline.")
    private String name;

    @Option(
            names = "--filter",
            required = true,
            paramLabel = "FILTERS",
            description = "As %%pipeline start takes them.")
    private String filters;

    @Mixin
    private Help help;

    private final Display display;

    SetCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running().pipelines().set(name, filters);
        display.show(new Output.TextLine("Pipeline '" + name + "': " + filters + " from the next picture on."));
    }
}
