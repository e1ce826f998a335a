package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.html.PlotsHtml;
import dev.notecast.jupyter.html.StagesHtml;
import dev.notecast.jupyter.html.TableHtml;
import dev.notecast.jupyter.html.TextHtml;
import dev.notecast.magics.output.Output.Table;
import dev.notecast.magics.output.Plots;
import dev.notecast.magics.output.Stages;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes tables, plots and drawings whose views ask once a second for what is new, as long as somebody can see them. Pages without
 * widgets, and whoever opens the saved notebook, see them as they are now, with the time.
 */
public final class LiveWidgets {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Widgets widgets;
    private final InstantSource clock;

    public LiveWidgets(Widgets widgets, InstantSource clock) {
        this.widgets = widgets;
        this.clock = clock;
    }

    /** What stands for a table in its cell. */
    public Map<String, Object> table(Supplier<Table> now) {
        Table first = now.get();
        return live("table", question -> LiveContent.table(now.get()), TableHtml.html(first), TableHtml.plain(first));
    }

    /** What stands for plots in their cell. */
    public Map<String, Object> plots(Supplier<Plots> now) {
        Plots first = now.get();
        return live(
                "plots",
                question -> LiveContent.plots(now.get(), question.path("since").asLong()),
                PlotsHtml.html(first),
                PlotsHtml.plain(first));
    }

    /** What stands for a pipeline's stages in their cell. */
    public Map<String, Object> stages(Supplier<Stages> now) {
        Stages first = now.get();
        return live(
                "stages", question -> LiveContent.stages(now.get()), StagesHtml.html(first), StagesHtml.plain(first));
    }

    private Map<String, Object> live(
            String mode, Function<JsonNode, Map<String, Object>> answer, String html, String plain) {
        Widget widget = widgets.open(WidgetCode.state(mode, Map.of()));
        widget.handler(new Answers(widget, mode, answer));
        String time = "As it was at " + TIME.format(clock.instant()) + ": run the cell again for now.";
        return widget.output(html + TextHtml.line(time), plain + "\n" + time);
    }

    /** @param kind of the questions, and of the answers */
    private record Answers(Widget widget, String kind, Function<JsonNode, Map<String, Object>> answer)
            implements WidgetHandler {
        @Override
        public void message(JsonNode question) {
            if (question.path("kind").asText().equals(kind)) {
                Map<String, Object> content = new LinkedHashMap<>(answer.apply(question));
                content.put("kind", kind);
                widget.send(content, List.of());
            }
        }

        @Override
        public void closed() {}
    }
}
