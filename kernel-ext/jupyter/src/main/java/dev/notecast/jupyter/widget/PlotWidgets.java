package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.html.PlotsHtml;
import dev.notecast.magics.output.Plots;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes plots whose views ask once a second for what is new, as long as somebody can see them. */
public final class PlotWidgets {
    private final Widgets widgets;

    public PlotWidgets(Widgets widgets) {
        this.widgets = widgets;
    }

    /** What stands for the plots in their cell; without widgets, and once saved, a picture of them as they are now. */
    public Map<String, Object> live(Supplier<Plots> now) {
        Plots first = now.get();
        Widget widget = widgets.open(Map.of(
                "_esm",
                WidgetCode.MODULE,
                "_css",
                WidgetCode.STYLE,
                "_anywidget_id",
                "dev.notecast.plots",
                "mode",
                "plots"));
        widget.handler(new Points(widget, now));
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("application/vnd.jupyter.widget-view+json", widget.view());
        bundle.put("text/html", PlotsHtml.html(first));
        bundle.put("text/plain", PlotsHtml.plain(first));
        return bundle;
    }

    private record Points(Widget widget, Supplier<Plots> now) implements WidgetHandler {
        @Override
        public void message(JsonNode content) {
            if (content.path("kind").asText().equals("plots")) {
                Plots plots = now.get();
                long since = content.path("since").asLong();
                widget.send(
                        Map.of(
                                "kind",
                                "plots",
                                "title",
                                plots.title(),
                                "end",
                                plots.end(),
                                "plots",
                                plots.plots().stream()
                                        .map(plot -> plot(plot, plots.end() - since))
                                        .toList(),
                                "table",
                                Map.of(
                                        "title", plots.table().title(),
                                        "columns", plots.table().columns(),
                                        "rows", plots.table().rows(),
                                        "whenEmpty", plots.table().whenEmpty())),
                        List.of());
            }
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

        @Override
        public void closed() {}
    }
}
