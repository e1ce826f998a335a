package dev.notecast.jupyter.html;

import dev.notecast.magics.output.Output.Table;
import dev.notecast.magics.output.Stages;
import dev.notecast.magics.output.Stages.Bar;
import dev.notecast.vision.pipeline.StageStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A pipeline's stages as HTML that takes its colours from the page, and as text. */
public final class StagesHtml {
    private static final List<String> COLUMNS = List.of("Stage", "p50 ms", "p95 ms", "Dropped", "");
    private static final int TEXT_WIDTH = 40;
    private static final String CELL = "padding:2px 12px 2px 0;text-align:left;white-space:nowrap";
    private static final String BAR = "height:10px;border-radius:2px;float:left;";

    private StagesHtml() {}

    public static String html(Stages stages) {
        String title = "<div style=\"font-weight:600;padding:4px 0\">" + Html.escape(stages.title()) + "</div>";
        if (stages.stages().isEmpty()) {
            return title + TextHtml.line(stages.whenEmpty());
        }
        double end = stages.endMillis();
        return title + "<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\"><thead>"
                + row(COLUMNS.stream()
                        .map(column -> "<th style=\"" + CELL + ";font-weight:500;opacity:.7\">" + column + "</th>")
                        .collect(Collectors.joining()))
                + "</thead><tbody>"
                + stages.bars().stream().map(bar -> row(cells(bar, end))).collect(Collectors.joining())
                + "</tbody></table>";
    }

    private static String row(String cells) {
        return "<tr style=\"background:none\">" + cells + "</tr>";
    }

    private static String cells(Bar bar, double end) {
        String texts = texts(bar.stage()).stream()
                .map(text -> "<td style=\"" + CELL + "\">" + Html.escape(text) + "</td>")
                .collect(Collectors.joining());
        StageStatus stage = bar.stage();
        return texts + "<td style=\"" + CELL + "\"><div style=\"width:300px\">"
                + part("", bar.fromMillis() / end)
                + part("background:#3b82f6;", stage.p50Millis() / end)
                + part("background:#3b82f6;opacity:.3;", (stage.p95Millis() - stage.p50Millis()) / end)
                + "</div></td>";
    }

    private static String part(String look, double share) {
        return "<div style=\"" + BAR + look + "width:" + String.format(Locale.ROOT, "%.1f", 100 * share) + "%\"></div>";
    }

    public static String plain(Stages stages) {
        double end = stages.endMillis();
        return TableHtml.plain(new Table(
                stages.title(),
                COLUMNS,
                stages.bars().stream()
                        .map(bar -> {
                            List<String> texts = texts(bar.stage());
                            return List.of(texts.get(0), texts.get(1), texts.get(2), texts.get(3), drawn(bar, end));
                        })
                        .toList(),
                stages.whenEmpty()));
    }

    private static String drawn(Bar bar, double end) {
        int from = place(bar.fromMillis(), end);
        int half = place(bar.fromMillis() + bar.stage().p50Millis(), end);
        int most = place(bar.fromMillis() + bar.stage().p95Millis(), end);
        return " ".repeat(from) + "#".repeat(half - from) + "-".repeat(most - half);
    }

    private static int place(double millis, double end) {
        return end == 0 ? 0 : (int) Math.round(TEXT_WIDTH * millis / end);
    }

    private static List<String> texts(StageStatus stage) {
        return List.of(
                stage.stage(),
                stage.frames() == 0 ? "" : millis(stage.p50Millis()),
                stage.frames() == 0 ? "" : millis(stage.p95Millis()),
                stage.dropped() == 0 ? "" : Long.toString(stage.dropped()));
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}
