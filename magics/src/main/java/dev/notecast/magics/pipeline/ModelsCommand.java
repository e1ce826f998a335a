package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.vision.model.ModelStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "models",
        description = "Show the models of neural filters: what they are for, and which are here, loaded and in use.",
        synopsisSubcommandLabel = "[COMMAND]")
final class ModelsCommand implements Runnable {
    private static final List<String> COLUMNS =
            List.of("Model", "For", "Numbers", "Size", "Licence", "State", "Runs on", "Memory", "Note");
    private static final double MEBI = 1 << 20;

    @Mixin
    private Help help;

    private final Display display;

    private ModelsCommand(Display display) {
        this.display = display;
    }

    static CommandLine create(Display display) {
        return new CommandLine(new ModelsCommand(display)).addSubcommand(new FetchCommand(display));
    }

    @Override
    public void run() {
        Servers.running();
        display.show(new Output.LiveTable(ModelsCommand::now));
    }

    private static Output.Table now() {
        return new Output.Table(
                "Models: '%pipeline models fetch NAME' gets one; --filter object_detection:model=FILE.onnx takes your own",
                COLUMNS,
                Notecast.running().map(server -> server.models().list()).orElse(List.of()).stream()
                        .map(ModelsCommand::row)
                        .toList(),
                "The server has stopped.");
    }

    private static List<String> row(ModelStatus model) {
        boolean loaded = model.device().isPresent();
        return List.of(
                model.info().name(),
                model.info().purpose(),
                model.info().precision(),
                mebibytes(model.info().bytes()),
                model.info().licence(),
                state(model),
                model.device()
                        .map(device ->
                                model.info().file().endsWith(".pt") ? "PyTorch, " + device : "ONNX Runtime, " + device)
                        .orElse(""),
                loaded ? mebibytes(model.info().bytes()) + " and more" : "", // engines tell nobody what they took
                model.line().orElse(""));
    }

    private static String state(ModelStatus model) {
        if (model.state().isEmpty()) {
            return model.isHere() ? "here" : "not here";
        }
        return switch (model.state().get()) {
            case LOADING -> "loading " + Math.round(100 * model.progress()) + " %";
            case READY -> model.users() == 0 ? "loaded, unused" : "in use by " + model.users();
            case FAILED -> model.isHere() ? "failed" : "not here";
        };
    }

    /** Such as {@code 34.2 MiB}; nothing for an unknown size. */
    static String mebibytes(long bytes) {
        return bytes <= 0 ? "" : String.format(Locale.ROOT, "%.1f MiB", bytes / MEBI);
    }
}
