package dev.notecast.magics.output;

import java.util.Optional;

/** Takes what magics show. Called on the thread that runs the magic. */
@FunctionalInterface
public interface Display {
    void show(Output output);

    /**
     * Asks the person for something that nobody shall see: it is neither shown nor kept. Waits for the answer.
     *
     * @return empty when nobody can be asked here
     */
    default Optional<String> askHidden(String prompt) {
        return Optional.empty();
    }
}
