package dev.notecast.jupyter.widget;

import dev.notecast.magics.output.Output.Table;
import dev.notecast.magics.output.Plots;
import dev.notecast.magics.output.Stages;
import dev.notecast.vision.pipeline.StageStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Tables and plots as messages to their views. */
final class LiveContent {
    private LiveContent() {}

    static Map<String, Object> table(Table table) {
        return Map.of(
                "title", table.title(),
                "columns", table.columns(),
                "rows", table.rows(),
                "whenEmpty", table.whenEmpty());
    }

    static Map<String, Object> stages(Stages stages) {
        return Map.of(
                "title",
                stages.title(),
                "stages",
                stages.stages().stream().map(LiveContent::stage).toList(),
                "whenEmpty",
                stages.whenEmpty());
    }

    /** As the server's JSON has it, which the same code draws. */
    private static Map<String, Object> stage(StageStatus stage) {
        return Map.of(
                "stage", stage.stage(),
                "total", stage.isTotal(),
                "p50Ms", stage.p50Millis(),
                "p95Ms", stage.p95Millis(),
                "frames", stage.frames(),
                "dropped", stage.dropped());
    }

    /** @param since number of the first second that the view has not got yet */
    static Map<String, Object> plots(Plots plots, long since) {
        long wanted = plots.end() - since;
        return Map.of(
                "title", plots.title(),
                "end", plots.end(),
                "plots", plots.plots().stream().map(plot -> plot(plot, wanted)).toList(),
                "table", table(plots.table()));
    }

    private static Map<String, Object> plot(Plots.Plot plot, long wanted) {
        return Map.of(
                "title",
                plot.title(),
                "unit",
                plot.unit(),
                "lines",
                plot.lines().stream()
                        .map(line -> Map.of("name", line.name(), "values", newest(line.values(), wanted)))
                        .toList());
    }

    /** NaN, which JSON does not have, as null. */
    private static List<Double> newest(double[] values, long wanted) {
        int count = Math.clamp(wanted, 0, values.length);
        return Arrays.stream(values, values.length - count, values.length)
                .mapToObj(value -> Double.isFinite(value) ? Double.valueOf(value) : null)
                .toList();
    }
}
