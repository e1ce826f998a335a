package dev.notecast.magics.pipeline;

import dev.notecast.magics.Help;
import dev.notecast.magics.Servers;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.StageStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Show every pipeline, what it does and what it takes.")
final class ListCommand implements Runnable {
    private static final List<String> COLUMNS = List.of(
            "Pipeline", "In", "Out", "Filters", "State", "Picture", "fps", "ms", "Frames", "Dropped", "Found", "Note");

    @Mixin
    private Help help;

    private final Display display;

    ListCommand(Display display) {
        this.display = display;
    }

    @Override
    public void run() {
        Servers.running();
        display.show(new Output.LiveTable(ListCommand::now));
    }

    private static Output.Table now() {
        return new Output.Table(
                "Pipelines",
                COLUMNS,
                Notecast.running().map(server -> server.pipelines().list()).orElse(List.of()).stream()
                        .map(ListCommand::row)
                        .toList(),
                "No pipeline runs: '%pipeline start faces --in live --out live-ai --filter face_detection' starts one.");
    }

    private static List<String> row(PipelineStatus status) {
        return List.of(
                status.name(),
                status.options().in().value(),
                status.options().out().value(),
                status.filters(),
                state(status),
                status.width() == 0 ? "" : status.width() + "x" + status.height(),
                String.format(Locale.ROOT, "%.1f", status.fps()),
                millis(status),
                Long.toString(status.frames()),
                Long.toString(status.dropped()),
                status.detections().isEmpty()
                        ? ""
                        : status.detections().size() + " "
                                + status.detections().getFirst().label(),
                note(status));
    }

    private static String state(PipelineStatus status) {
        return switch (status.state()) {
            case WAITING -> "waits for '" + status.options().in() + "'";
            case IDLE -> "nobody watches";
            case RUNNING -> "runs";
            case BLOCKED -> "blocked";
            case ENDED -> "ended";
        };
    }

    /** Of half the pictures, and of 95 in 100, from their arrival until they have left the filters. */
    private static String millis(PipelineStatus status) {
        return status.stages().stream()
                .filter(stage -> stage.stage().equals(StageStatus.FILTERED) && stage.frames() > 0)
                .findFirst()
                .map(stage -> String.format(Locale.ROOT, "%.0f / %.0f", stage.p50Millis(), stage.p95Millis()))
                .orElse("");
    }

    private static String note(PipelineStatus status) {
        Stream<String> failed =
                status.unfiltered() == 0 ? Stream.empty() : Stream.of(status.unfiltered() + " frames unfiltered");
        return Stream.of(status.problem().stream(), failed, status.note().stream())
                .flatMap(each -> each)
                .collect(Collectors.joining("; "));
    }
}
