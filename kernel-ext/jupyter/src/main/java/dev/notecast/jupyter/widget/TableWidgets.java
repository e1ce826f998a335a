package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.html.TableHtml;
import dev.notecast.magics.output.Output.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Makes tables whose views ask for the newest rows once a second, as long as somebody can see them. */
public final class TableWidgets {
    private final Widgets widgets;

    public TableWidgets(Widgets widgets) {
        this.widgets = widgets;
    }

    /** What stands for the table in its cell; without widgets, and once saved, the table as it is now. */
    public Map<String, Object> live(Supplier<Table> now) {
        Table first = now.get();
        Widget widget = widgets.open(Map.of(
                "_esm",
                WidgetCode.MODULE,
                "_css",
                WidgetCode.STYLE,
                "_anywidget_id",
                "dev.notecast.table",
                "mode",
                "table"));
        widget.handler(new Rows(widget, now));
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("application/vnd.jupyter.widget-view+json", widget.view());
        bundle.put("text/html", TableHtml.html(first));
        bundle.put("text/plain", TableHtml.plain(first));
        return bundle;
    }

    private record Rows(Widget widget, Supplier<Table> now) implements WidgetHandler {
        @Override
        public void message(JsonNode content) {
            if (content.path("kind").asText().equals("rows")) {
                Table table = now.get();
                widget.send(
                        Map.of(
                                "kind", "rows",
                                "title", table.title(),
                                "columns", table.columns(),
                                "rows", table.rows(),
                                "whenEmpty", table.whenEmpty()),
                        List.of());
            }
        }

        @Override
        public void closed() {}
    }
}
