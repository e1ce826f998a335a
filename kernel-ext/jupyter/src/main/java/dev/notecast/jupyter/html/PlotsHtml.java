package dev.notecast.jupyter.html;

import dev.notecast.magics.output.Plots;
import dev.notecast.magics.output.Plots.Line;
import dev.notecast.magics.output.Plots.Plot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Plots as one picture and a table under it, and as text. The picture is an image, since pages that do not trust a
 * notebook take drawings out of HTML, and its colours do on light and on dark pages.
 */
public final class PlotsHtml {
    private static final int COLUMNS = 2;
    private static final int CELL_WIDTH = 360;
    private static final int CELL_HEIGHT = 116;
    private static final int PLOT_WIDTH = 330;
    private static final int PLOT_HEIGHT = 58;
    private static final List<String> COLOURS = List.of("#3b82f6", "#d97706");
    private static final List<String> DASHES = List.of("none", "5 3");

    private PlotsHtml() {}

    public static String html(Plots plots) {
        String picture = Base64.getEncoder().encodeToString(svg(plots).getBytes(StandardCharsets.UTF_8));
        return "<div style=\"font-weight:600;padding:4px 0\">" + Html.escape(plots.title()) + "</div>"
                + "<img width=\"" + COLUMNS * CELL_WIDTH + "\" style=\"max-width:100%\" alt=\""
                + Html.escape(summary(plots, ". ")) + "\" src=\"data:image/svg+xml;base64," + picture + "\">"
                + TableHtml.html(plots.table());
    }

    public static String plain(Plots plots) {
        return plots.title() + "\n" + summary(plots, "\n") + "\n" + TableHtml.plain(plots.table());
    }

    private static String summary(Plots plots, String separator) {
        return plots.plots().stream()
                .map(plot -> plot.title() + ": " + legend(plot))
                .collect(Collectors.joining(separator));
    }

    private static String legend(Plot plot) {
        return plot.lines().stream()
                .map(line -> line.name() + " " + value(line.last(), plot.unit()))
                .collect(Collectors.joining(", "));
    }

    /** As {@code plotValue} of the widget's code has it. */
    static String value(double value, String unit) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        String of = unit.isEmpty() ? "" : " " + unit;
        if (value >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M%s", value / 1e6, unit);
        }
        if (value >= 1e4) {
            return String.format(Locale.ROOT, "%.0f k%s", value / 1e3, unit);
        }
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f%s" : "%.0f%s", value, of);
    }

    private static String svg(Plots plots) {
        int rows = (plots.plots().size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(COLUMNS * CELL_WIDTH)
                .append(' ')
                .append(rows * CELL_HEIGHT)
                .append("\" font-family=\"system-ui,sans-serif\" font-size=\"12\" fill=\"#808080\">");
        for (int i = 0; i < plots.plots().size(); i++) {
            svg.append("<g transform=\"translate(")
                    .append(i % COLUMNS * CELL_WIDTH)
                    .append(' ')
                    .append(i / COLUMNS * CELL_HEIGHT)
                    .append(")\">");
            draw(svg, plots.plots().get(i));
            svg.append("</g>");
        }
        return svg.append("</svg>").toString();
    }

    private static void draw(StringBuilder svg, Plot plot) {
        double top = plot.lines().stream()
                .flatMapToDouble(line -> Arrays.stream(line.values()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        svg.append("<text y=\"14\" font-weight=\"600\">")
                .append(Html.escape(plot.title()))
                .append("</text><text x=\"")
                .append(PLOT_WIDTH)
                .append("\" y=\"14\" text-anchor=\"end\">")
                .append(Html.escape("up to " + value(top, plot.unit())))
                .append("</text><path d=\"M0 ")
                .append(20 + PLOT_HEIGHT)
                .append("h")
                .append(PLOT_WIDTH)
                .append("\" stroke=\"#808080\" stroke-opacity=\".5\"/>");
        int x = 0;
        for (int i = 0; i < plot.lines().size(); i++) {
            Line line = plot.lines().get(i);
            String colour = COLOURS.get(i % COLOURS.size());
            svg.append("<path fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                    .append(colour)
                    .append("\" stroke-dasharray=\"")
                    .append(DASHES.get(i % DASHES.size()))
                    .append("\" d=\"")
                    .append(path(line.values(), top))
                    .append("\"/><text x=\"")
                    .append(x)
                    .append("\" y=\"")
                    .append(20 + PLOT_HEIGHT + 16)
                    .append("\" fill=\"")
                    .append(colour)
                    .append("\">")
                    .append(Html.escape(line.name() + " " + value(line.last(), plot.unit())))
                    .append("</text>");
            x += PLOT_WIDTH / 2;
        }
    }

    /** The newest value at the right edge; a gap where nothing is known. */
    private static String path(double[] values, double top) {
        StringBuilder path = new StringBuilder();
        double step = (double) PLOT_WIDTH / Math.max(1, values.length - 1);
        boolean drawing = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                double y = 20 + PLOT_HEIGHT * (1 - (top > 0 ? values[i] / top : 0));
                path.append(drawing ? 'L' : 'M').append(String.format(Locale.ROOT, "%.1f %.1f", i * step, y));
            }
            drawing = Double.isFinite(values[i]);
        }
        return path.toString();
    }
}
