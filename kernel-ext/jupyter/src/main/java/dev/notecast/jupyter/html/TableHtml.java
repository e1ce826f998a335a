package dev.notecast.jupyter.html;

import dev.notecast.magics.output.Output.Table;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as HTML that takes its colours from the page, light or dark, and as text. */
public final class TableHtml {
    private static final int LONG = 28; // characters; what is shorter stays on one line
    private static final String CELL =
            "padding:5px 14px 5px 0;text-align:left;border-bottom:1px solid rgba(128,128,128,.3)";

    private TableHtml() {}

    public static String html(Table table) {
        String title = "<div style=\"font-weight:600;padding:4px 0\">" + Html.escape(table.title()) + "</div>";
        if (table.rows().isEmpty()) {
            return title + TextHtml.line(table.whenEmpty());
        }
        String head = table.columns().stream()
                .map(column -> "<th style=\"" + CELL + ";font-weight:500;opacity:.7\">" + Html.escape(column) + "</th>")
                .collect(Collectors.joining());
        return title
                + "<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\"><thead>"
                + row(head)
                + "</thead><tbody>"
                + table.rows().stream()
                        .map(TableHtml::cells)
                        .map(TableHtml::row)
                        .collect(Collectors.joining())
                + "</tbody></table></div>";
    }

    private static String row(String cells) {
        return "<tr style=\"background:none\">" + cells + "</tr>";
    }

    private static String cells(List<String> texts) {
        return texts.stream().map(TableHtml::cell).collect(Collectors.joining());
    }

    private static String cell(String text) {
        String style = CELL + (text.length() < LONG ? ";white-space:nowrap" : ";min-width:18em;overflow-wrap:anywhere");
        return "<td style=\"" + style + "\">" + Html.escape(text) + "</td>";
    }

    public static String plain(Table table) {
        if (table.rows().isEmpty()) {
            return table.title() + ": " + table.whenEmpty();
        }
        int[] widths = IntStream.range(0, table.columns().size())
                .map(column -> width(table, column))
                .toArray();
        return table.title() + "\n" + plain(table.columns(), widths) + "\n"
                + table.rows().stream().map(row -> plain(row, widths)).collect(Collectors.joining("\n"));
    }

    private static int width(Table table, int column) {
        int widest = table.rows().stream()
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
        return Math.max(widest, table.columns().get(column).length());
    }

    private static String plain(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths[column] - cells.get(column).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
