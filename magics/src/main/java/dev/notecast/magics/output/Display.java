package dev.notecast.magics.output;

/** Takes what magics show. Called on the thread that runs the magic. */
@FunctionalInterface
public interface Display {
    void show(Output output);
}
