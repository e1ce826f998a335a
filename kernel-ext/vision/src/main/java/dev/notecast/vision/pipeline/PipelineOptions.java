package dev.notecast.vision.pipeline;

import dev.notecast.media.path.PathName;
import java.util.List;

/**
 * What a pipeline does, but for its filters.
 *
 * @param in whose pictures it takes
 * @param out where it publishes them
 * @param everyNth takes every so many-th picture of the input, 1..1000
 * @param fps takes so many pictures a second at most, 1..120; 0 for all
 * @param maxWidth in pixels, even, 16..3840; wider pictures are scaled down before the filters
 * @param choices filters that whoever publishes the input may choose from its page, besides the one in use; each as
 *     {@code --filter} takes one
 */
public record PipelineOptions(PathName in, PathName out, int everyNth, int fps, int maxWidth, List<String> choices) {
    /** What two cores without a GPU can filter and encode. */
    public static final int MAX_WIDTH = 1280;

    /** @throws IllegalArgumentException with a line for the user when a value is out of range */
    public PipelineOptions {
        if (in.equals(out)) {
            throw new IllegalArgumentException("a pipeline cannot feed '" + out + "' from itself: name another --out");
        }
        if (everyNth < 1 || everyNth > 1000) {
            throw new IllegalArgumentException("--every " + everyNth + " is out of range: take 1 to 1000");
        }
        if (fps < 0 || fps > 120) {
            throw new IllegalArgumentException("--fps " + fps + " is out of range: take 1 to 120");
        }
        if (maxWidth < 16 || maxWidth > 3840 || maxWidth % 2 != 0) {
            throw new IllegalArgumentException("--width " + maxWidth + " is no even number from 16 to 3840");
        }
        choices = List.copyOf(choices);
    }

    /** With no choices but the owner's. */
    public PipelineOptions(PathName in, PathName out, int everyNth, int fps, int maxWidth) {
        this(in, out, everyNth, fps, maxWidth, List.of());
    }

    public PipelineOptions withChoices(List<String> next) {
        return new PipelineOptions(in, out, everyNth, fps, maxWidth, next);
    }

    /** Every picture, {@link #MAX_WIDTH} wide at most. */
    public static PipelineOptions of(PathName in, PathName out) {
        return new PipelineOptions(in, out, 1, 0, MAX_WIDTH);
    }
}
