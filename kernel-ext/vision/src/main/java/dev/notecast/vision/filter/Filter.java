package dev.notecast.vision.filter;

import java.util.Optional;

/**
 * Changes one picture after the other, on one thread at a time. It may keep what it has seen for the next picture, and
 * native memory that it frees when it is closed.
 */
public interface Filter extends AutoCloseable {
    /**
     * Filters one picture.
     *
     * @param frame belongs to the filter from now on, and nobody shares its pixels: it may write them
     * @return the filtered picture, which belongs to the caller: the same, or another one, of another size too; then the
     *     filter has closed the one that it was given
     * @throws RuntimeException when it cannot; the caller then closes the frame, so the filter has not
     */
    BgrFrame apply(BgrFrame frame);

    /**
     * A line about how it does its work at the moment, such as that a model's weights are still loaded; empty when it does
     * what the catalogue says. Any thread.
     */
    default Optional<String> note() {
        return Optional.empty();
    }

    /** Frees what the filter holds; no call follows. */
    @Override
    default void close() {}
}
