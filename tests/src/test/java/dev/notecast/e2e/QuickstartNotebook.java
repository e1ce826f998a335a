package dev.notecast.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The notebook that a person opens first. */
final class QuickstartNotebook {
    private static final Path FILE = Tools.REPOSITORY.resolve("notebooks/quickstart.ipynb");
    private static final String START = "\"%sfu start\"";

    private QuickstartNotebook() {}

    /** A copy that starts its server on free ports, so that it runs beside anything else. */
    static Path copyTo(Path folder) {
        try {
            String notebook = Files.readString(FILE);
            if (!notebook.contains(START)) {
                throw new AssertionError(FILE + " has no cell " + START);
            }
            return Files.writeString(
                    folder.resolve("quickstart.ipynb"),
                    notebook.replace(START, "\"%sfu start --port 0 --udp-port 0\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
