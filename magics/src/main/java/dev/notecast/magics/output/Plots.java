package dev.notecast.magics.output;

import java.util.List;

/**
 * Figures over time under a title, and a table of how it is now.
 *
 * @param end number of the second that will follow the last value of every line: grows by one a second, whatever is
 *     started again in between
 */
public record Plots(String title, long end, List<Plot> plots, Output.Table table) {
    /**
     * One plot.
     *
     * @param unit of its values: {@code bps}, {@code %}, {@code ms}, or empty for plain numbers
     */
    public record Plot(String title, String unit, List<Line> lines) {
        public Plot {
            lines = List.copyOf(lines);
        }
    }

    /** @param values one a second, the oldest first; NaN where nothing is known */
    public record Line(String name, double[] values) {
        /** The newest, NaN where there is none. */
        public double last() {
            return values.length == 0 ? Double.NaN : values[values.length - 1];
        }
    }

    public Plots {
        plots = List.copyOf(plots);
    }
}
