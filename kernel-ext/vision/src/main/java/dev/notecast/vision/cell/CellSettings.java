package dev.notecast.vision.cell;

import dev.notecast.media.path.PathName;
import dev.notecast.vision.filter.FilterChain;
import dev.notecast.vision.pipeline.PipelineOptions;
import java.time.Duration;

/**
 * Where a cell's code filters, and how.
 *
 * @param before the filters in front of it, as {@link FilterChain#parse} takes them; the code sees what they found
 * @param deadline how long the code may take for one picture, 100 ms to 60 s
 */
public record CellSettings(PipelineOptions options, String before, Duration deadline) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** @throws IllegalArgumentException with a line for the user when the deadline is out of range */
    public CellSettings {
        if (deadline.compareTo(SHORTEST) < 0 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a deadline of " + deadline.toMillis() + " ms is out of range: take 0.1 to 60 s");
        }
    }

    /** Nothing in front, and the usual deadline. */
    public static CellSettings of(PathName in, PathName out) {
        return new CellSettings(PipelineOptions.of(in, out), FilterChain.COPY, CellFilters.DEADLINE);
    }
}
