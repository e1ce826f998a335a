package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.vision.filter.FilterCatalogue;
import dev.notecast.vision.filter.FilterInfo;
import dev.notecast.vision.filter.FilterKind;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "filters", description = "Show every filter: what it is, what it takes and what can be set.")
final class FiltersCommand implements Runnable {
    private static final List<String> COLUMNS =
            List.of("Filter", "Kind", "What it does", "ms CPU (640x480)", "Parameters", "Weights' licence");

    @Mixin
    private Help help;

    private final Display display;

    FiltersCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        display.show(new Output.Table(
                "Filters: --filter edge_detection,mirror or --filter pixelate:size=20",
                COLUMNS,
                FilterCatalogue.all().stream().map(FiltersCommand::row).toList(),
                ""));
    }

    private static List<String> row(FilterInfo filter) {
        return List.of(
                filter.name(),
                filter.kind().name().toLowerCase(Locale.ROOT),
                filter.truth(),
                String.format(Locale.ROOT, "%.1f", filter.costMillis())
                        + (filter.kind() == FilterKind.NEURAL ? " (random weights)" : ""),
                filter.parameterSummary(),
                filter.licence().orElse(""));
    }
}
