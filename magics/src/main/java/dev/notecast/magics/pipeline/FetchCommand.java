package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.MagicException;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.vision.model.ModelInfo;
import dev.notecast.vision.model.ModelPool;
import dev.notecast.vision.model.ModelStatus;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fetch",
        sortOptions = false,
        description = "Fetch a model from its publisher into the cache, and check it.")
final class FetchCommand implements Runnable {
    @Parameters(
            paramLabel = "NAME",
            description = "Of the table that %%pipeline models shows, or your own's https address.")
    private String name;

    @Option(
            names = "--yes",
            description = "Fetch it though nobody names its SHA-256; that of what comes is remembered.")
    private boolean yes;

    @Mixin
    private Help help;

    private final Display display;

    FetchCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        ModelPool models = Servers.running().models();
        ModelStatus status = models.describe(name);
        String what = "model '" + status.info().name() + "'";
        if (!status.isHere() && !models.isTrusted(name) && !yes) {
            display.show(new Output.TextLine("Nobody names the SHA-256 of " + what + " " + facts(status.info())
                    + ", so whether it is the right one nobody can tell. If you trust that place, run this again with --yes;"
                    + " from then on its SHA-256 is known."));
            return;
        }
        if (!status.isHere()) {
            display.show(new Output.TextLine("Fetching " + what + " " + facts(status.info()) + " .."));
        }
        Path file = fetch(models);
        display.show(new Output.TextLine("The " + what + " is here and checked: " + file));
    }

    private Path fetch(ModelPool models) {
        try {
            return models.fetch(name, share -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MagicException("interrupted");
        }
    }

    private static String facts(ModelInfo info) {
        String known = Stream.of(
                        ModelsCommand.mebibytes(info.bytes()),
                        "licence " + info.licence(),
                        "from " + info.sources().getFirst().getHost())
                .filter(fact -> !fact.isEmpty())
                .collect(Collectors.joining(", "));
        return "(" + known + ")";
    }
}
