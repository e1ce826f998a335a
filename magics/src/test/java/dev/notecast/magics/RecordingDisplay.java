package dev.notecast.magics;

import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import java.util.ArrayList;
import java.util.List;

/** Keeps what magics show. */
final class RecordingDisplay implements Display {
    final List<Output> shown = new ArrayList<>();

    @Override
    public void show(Output output) {
        shown.add(output);
    }
}
