package dev.notecast.jupyter.widget;

import dev.notecast.magics.output.Output.Table;
import dev.notecast.magics.output.Plots;
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
