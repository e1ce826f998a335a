package dev.notecast.magics.output;

import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a magic wants to show; the notebook decides how it looks. No output holds a token: live ones name a path, and
 * whoever draws them gets a token of their own.
 */
public sealed interface Output {
    /** One sentence. */
    record TextLine(String text) implements Output {}

    /** Text whose columns line up, such as a command's help. */
    record Preformatted(String text) implements Output {}

    /**
     * Rows under column titles.
     *
     * @param whenEmpty the sentence that stands in for a table without rows
     */
    record Table(String title, List<String> columns, List<List<String>> rows, String whenEmpty) implements Output {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A table that stays true while it is looked at.
     *
     * @param now called for the first picture of it and for every later one, on the kernel's own thread
     */
    record LiveTable(Supplier<Table> now) implements Output {}

    /**
     * Plots that go on while they are looked at.
     *
     * @param now as {@link LiveTable} has it
     */
    record LivePlots(Supplier<Plots> now) implements Output {}

    /**
     * A pipeline's stages, drawn as long as they are looked at.
     *
     * @param now as {@link LiveTable} has it
     */
    record LiveStages(Supplier<Stages> now) implements Output {}

    /** Addresses under a title. */
    record Links(String title, List<Link> links) implements Output {
        public Links {
            links = List.copyOf(links);
        }
    }

    /** Live video in the cell. */
    record LiveView(PathName path, Via via) implements Output {}

    /** A path's pictures as MJPEG in the cell. */
    record MjpegView(PathName path, JpegOptions options) implements Output {}

    /** A way from the cell to the page where a browser's camera goes live. */
    record PublishView(PathName path) implements Output {}

    /** A tunnel with its links for others to publish and to watch a path; the links are secrets. */
    record TunnelView(String tunnel, PathName path) implements Output {}

    /** One still picture; the array belongs to the receiver. */
    record Picture(byte[] jpeg, String caption) implements Output {}
}
